/** Ready-made networks: small builders of layers-as-data, found by name. */
package io.dimat.network.zoo;

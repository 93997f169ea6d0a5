/** Networks as data: immutable layer records, their shapes and their canonical parameter layout. */
package io.dimat.network;

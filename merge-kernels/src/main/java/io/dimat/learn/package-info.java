/** Learning: the contract of an engine, its reference implementation, data and optimizers. */
package io.dimat.learn;

/**
 * The configuration of a run: one typed record tree, one table of keys ({@link
 * io.dimat.conf.ConfigKeys}) and the loader that reports every problem at once.
 */
package io.dimat.conf;

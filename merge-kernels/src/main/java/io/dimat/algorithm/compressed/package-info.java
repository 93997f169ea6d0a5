/** Gossip that sends fewer bytes, and remembers what compression took away. */
package io.dimat.algorithm.compressed;

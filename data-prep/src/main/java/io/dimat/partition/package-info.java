/**
 * Shard partitioners: which agent gets which training image. A partitioner is arithmetic on class
 * sizes that yields a small table of cuts; one DataFrame expression without user functions applies
 * it. Pixels are never collected, but the table from image index to owner is broadcast: it must fit
 * into the memory of the driver and of each executor and into Spark's 8 GiB for a broadcast, which
 * tens of millions of images do and billions do not.
 */
package io.dimat.partition;

/**
 * Shard partitioners: which agent gets which training image. A partitioner is arithmetic on class
 * sizes that yields a small table of cuts; one DataFrame expression without user functions applies
 * it to any number of images.
 */
package io.dimat.partition;

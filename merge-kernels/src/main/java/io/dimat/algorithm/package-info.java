/** The algorithms, one file each: read {@link io.dimat.algorithm.TrainThenMerge} first. */
package io.dimat.algorithm;

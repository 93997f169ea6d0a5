/**
 * Methods that merge: train alone, then put the neighbours' models into one's own basis and
 * average. {@link io.dimat.algorithm.merging.TrainThenMerge} is DIMAT by rounds; in {@link
 * io.dimat.algorithm.merging.NeighborhoodMerge} sums over a neighbour's images travel, too. {@link
 * io.dimat.algorithm.merging.DimatSgd} and {@link io.dimat.algorithm.merging.DimatAmsgrad} are the
 * paper's algorithms by iterations, {@link io.dimat.algorithm.merging.AdaptiveMerging} merges when
 * training says so, {@link io.dimat.algorithm.merging.TrainAlone}, the control, never.
 */
package io.dimat.algorithm.merging;

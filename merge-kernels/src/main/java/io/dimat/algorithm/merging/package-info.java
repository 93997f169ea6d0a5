/**
 * Methods that merge: train alone, then put the neighbours' models into one's own basis and
 * average. {@link io.dimat.algorithm.merging.TrainThenMerge} is DIMAT by rounds, with {@link
 * io.dimat.algorithm.merging.NeighborhoodMerge} its statistics travel; {@link
 * io.dimat.algorithm.merging.DimatSgd} and the like are the paper's algorithms by iterations.
 */
package io.dimat.algorithm.merging;

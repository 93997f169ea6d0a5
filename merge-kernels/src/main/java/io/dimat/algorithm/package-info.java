/**
 * The algorithms, one file each, beside the equations of their papers. This package knows them by
 * name: {@link io.dimat.algorithm.Algorithms} is made of one file for each family, called {@code
 * *Methods}, that says which class with which parts is which method; {@link
 * io.dimat.algorithm.MethodOptions} and {@link io.dimat.algorithm.MethodSettings} are what a
 * configuration says. The programs stand in packages below, which do not know this one; only {@link
 * io.dimat.algorithm.DriverAveraging} stands here, the control that no agent runs:
 *
 * <ul>
 *   <li>{@code merging}: train alone, then merge. {@link io.dimat.algorithm.merging.TrainThenMerge}
 *       is DIMAT: begin there.
 *   <li>{@code gossip}: exchange at every minibatch. {@link
 *       io.dimat.algorithm.gossip.DecentralizedSgd} is the shortest.
 *   <li>{@code heterogeneity}, {@code crossgradient}, {@code compressed}, {@code control}: gossip
 *       for unlike data, with neighbours' gradients, in fewer bytes, as often as it takes.
 *   <li>{@code part}: what they have in common. {@link io.dimat.algorithm.part.IterativeProgram}
 *       and {@link io.dimat.algorithm.part.IterativeTraining} are in most.
 * </ul>
 */
package io.dimat.algorithm;

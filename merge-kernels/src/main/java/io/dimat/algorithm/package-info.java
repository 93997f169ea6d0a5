/**
 * The algorithms, one file each, beside the equations of their papers. Three ways in:
 *
 * <ul>
 *   <li>{@link io.dimat.algorithm.TrainThenMerge} is DIMAT: train for a round, then merge.
 *   <li>{@link io.dimat.algorithm.DecentralizedSgd} is the shortest of the methods that exchange at
 *       every iteration; {@link io.dimat.algorithm.IterativeTraining} is what they have in common.
 *   <li>{@link io.dimat.algorithm.Algorithms} knows them all by name. The files it is made of, one
 *       per family and called {@code *Methods}, say which class with which parts is which method.
 * </ul>
 *
 * <p>What is no program is a part of some: how a momentum is kept ({@link
 * io.dimat.algorithm.Momentum}, {@link io.dimat.algorithm.GossipStep}), how mail goes along a tree
 * ({@link io.dimat.algorithm.RelayMail}), how gradients travel ({@link
 * io.dimat.algorithm.CrossMail}), when to communicate ({@link
 * io.dimat.algorithm.CommunicationSchedule}), what a configuration says ({@link
 * io.dimat.algorithm.MethodOptions}, {@link io.dimat.algorithm.MethodSettings}).
 */
package io.dimat.algorithm;

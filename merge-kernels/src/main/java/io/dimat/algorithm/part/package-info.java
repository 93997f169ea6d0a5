/**
 * What methods are made of: rounds of epochs ({@link io.dimat.algorithm.part.LocalTraining}) or of
 * minibatches ({@link io.dimat.algorithm.part.IterativeTraining}), momentum and one step with it,
 * when to exchange, how a global average and running statistics travel.
 */
package io.dimat.algorithm.part;

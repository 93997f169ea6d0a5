/**
 * The DL4J engine. {@link io.dimat.dl4j.Dl4jLearner} runs a network's layers itself on
 * channels-last memory shared with libnd4j: convolutions and pooling by its oneDNN operations,
 * matrix products by its BLAS, depthwise convolutions and elementwise work in vectorised Java
 * loops. DL4J's own {@code ComputationGraph} is what models are exported as; training through it is
 * several times slower (its batch norm, its second forward pass, its updater) and would need
 * subclasses of its layers for the same operations.
 *
 * <p>Memory outside the heap, per learner and in bytes: the weights, twice in training, and about 4
 * batch (a + g), with a the values of one image summed over all convolutions, batch norms, sums and
 * pools in training, over the few layers in flight otherwise, and g a few times the largest layer.
 * It is allocated at the first batch, grows with the largest batch and is freed by {@code close()}.
 * The process as a whole is bounded by {@code -Dorg.bytedeco.javacpp.maxphysicalbytes}, which
 * counts everything resident, the Java heap too; {@code maxbytes} does not see it.
 */
package io.dimat.dl4j;

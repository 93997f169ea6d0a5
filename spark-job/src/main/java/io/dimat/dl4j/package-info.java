/**
 * The DL4J engine. {@link io.dimat.dl4j.Dl4jLearner} runs a network's layers itself on
 * channels-last memory shared with libnd4j: convolutions and pooling by its oneDNN operations,
 * matrix products by its BLAS, elementwise work in vectorised Java loops. DL4J's own {@code
 * ComputationGraph} is what models are exported as; training through it is several times slower
 * (its batch norm, its second forward pass, its updater) and would need subclasses of its layers
 * for the same operations.
 */
package io.dimat.dl4j;

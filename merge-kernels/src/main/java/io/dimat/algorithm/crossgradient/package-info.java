/**
 * Methods whose agents evaluate each other's models on their own images, and send back gradients or
 * sums of features, never images.
 */
package io.dimat.algorithm.crossgradient;

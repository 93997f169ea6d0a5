package io.dimat.learn;

import io.dimat.tensor.ParamVector;

/**
 * Loss and gradient of one batch.
 *
 * @param loss mean cross-entropy over the batch, in nats, plus what was asked for besides
 * @param gradient of that mean, in the layout {@code network.layout().trainable()}
 * @param parameters the point the gradient was taken at, with running statistics as the policy left
 *     them
 */
public record Gradient(double loss, ParamVector gradient, ParamVector parameters) {}

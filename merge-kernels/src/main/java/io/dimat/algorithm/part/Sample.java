package io.dimat.algorithm.part;

import io.dimat.tensor.ParamVector;

/**
 * A minibatch gradient.
 *
 * @param gradient of the trainable slices, packed
 * @param model where it was taken, with the running statistics moved once
 */
public record Sample(ParamVector gradient, ParamVector model) {
  /** The trainable parameters the gradient was taken at, packed. */
  public ParamVector x() {
    return model.trainable();
  }
}

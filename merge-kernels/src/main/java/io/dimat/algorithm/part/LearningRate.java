package io.dimat.algorithm.part;

import java.io.Serializable;

/** Step size by iteration. */
@FunctionalInterface
public interface LearningRate extends Serializable {
  /**
   * The step size eta, above 0.
   *
   * @param iteration counted over the whole run from 0
   */
  double at(long iteration);

  static LearningRate constant(double rate) {
    return new Constant(rate);
  }

  /** The same at every iteration; a value, so that equal programs are equal. */
  record Constant(double rate) implements LearningRate {
    public Constant {
      if (!(rate > 0)) {
        throw new IllegalArgumentException("a step size is above 0, got " + rate);
      }
    }

    @Override
    public double at(long iteration) {
      return rate;
    }
  }
}

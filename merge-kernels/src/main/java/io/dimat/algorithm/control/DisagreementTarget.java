package io.dimat.algorithm.control;

import java.io.Serializable;

/**
 * How far apart agents may be: the largest consensus distance that is left as it is. Targets are
 * values, so that equal programs are equal.
 */
public interface DisagreementTarget extends Serializable {
  /**
   * The target, at least 0, in units of the consensus distance.
   *
   * @param iteration counted over the whole run from 0
   * @param rate step size eta of the iteration
   * @param gradientNorm running mean of the norm of an agent's gradients
   */
  double at(long iteration, double rate, double gradientNorm);

  /** Whether it asks anything of an iteration. */
  default boolean binds(long iteration) {
    return true;
  }

  /** The same distance always: a study of how much disagreement does harm. */
  record Absolute(double distance) implements DisagreementTarget {
    @Override
    public double at(long iteration, double rate, double gradientNorm) {
      return distance;
    }
  }

  /** {@code factor * eta * gradient norm}: as far apart as so many steps lead. */
  record Proportional(double factor) implements DisagreementTarget {
    @Override
    public double at(long iteration, double rate, double gradientNorm) {
      return factor * rate * gradientNorm;
    }
  }

  /**
   * A target in the early iterations, on which most depends (arXiv 2102.04828); afterwards the
   * largest number, so that models are mixed once an iteration.
   *
   * @param end the first iteration without control
   */
  record Early(DisagreementTarget target, long end) implements DisagreementTarget {
    @Override
    public double at(long iteration, double rate, double gradientNorm) {
      return iteration < end ? target.at(iteration, rate, gradientNorm) : Double.MAX_VALUE;
    }

    @Override
    public boolean binds(long iteration) {
      return iteration < end;
    }
  }
}

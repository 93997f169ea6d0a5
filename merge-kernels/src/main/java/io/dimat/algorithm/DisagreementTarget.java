package io.dimat.algorithm;

import java.io.Serializable;

/** How far apart agents may be: the largest consensus distance that is left as it is. */
@FunctionalInterface
public interface DisagreementTarget extends Serializable {
  /**
   * The target, at least 0, in units of the consensus distance.
   *
   * @param iteration counted over the whole run from 0
   * @param rate step size eta of the iteration
   * @param gradientNorm running mean of the norm of an agent's gradients
   */
  double at(long iteration, double rate, double gradientNorm);

  /** The same distance always: a study of how much disagreement does harm. */
  static DisagreementTarget absolute(double distance) {
    return (iteration, rate, gradientNorm) -> distance;
  }

  /** {@code factor * eta * gradient norm}: as far apart as so many steps lead. */
  static DisagreementTarget proportional(double factor) {
    return (iteration, rate, gradientNorm) -> factor * rate * gradientNorm;
  }

  /** This target before an iteration, another one from it on: strict early, relaxed later. */
  default DisagreementTarget until(long end, DisagreementTarget then) {
    return (iteration, rate, gradientNorm) ->
        (iteration < end ? this : then).at(iteration, rate, gradientNorm);
  }
}

package io.dimat.partition;

import io.dimat.source.DataException;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DirichletSampler;

/** The parameter of a Dirichlet distribution: its range, and draws from the symmetric one. */
final class Concentration {
  /** Below it all gamma variates underflow to 0 in half of all draws, and soon in every one. */
  static final double SMALLEST = 1e-3;

  static final double LARGEST = 1e6;

  private Concentration() {}

  /**
   * Refuses values outside of [{@link #SMALLEST}, {@link #LARGEST}].
   *
   * @param rule the partitioner's name
   * @param name the parameter's
   */
  static void require(String rule, String name, double value) {
    if (!(value >= SMALLEST && value <= LARGEST)) {
      throw new DataException(
          "%s needs %s in [%s, %s], got %s".formatted(rule, name, SMALLEST, LARGEST, value));
    }
  }

  /** A draw from Dir(concentration 1_n), n at least 1; sums to 1 but for rounding. */
  static double[] symmetric(UniformRandomProvider random, int n, double concentration) {
    return n == 1
        ? new double[] {1}
        : DirichletSampler.symmetric(random, n, concentration).sample();
  }
}

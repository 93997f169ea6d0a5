package io.dimat.partition;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;

/**
 * Exact multinomial counts by conditional binomials; a binomial of many trials is halved at a beta
 * variate (Devroye, Non-Uniform Random Variate Generation, 1986, chapter X.4.3), so the cost grows
 * with the logarithm of the number of trials.
 */
final class Multinomial {
  private static final long FEW_TRIALS = 16;

  private final UniformRandomProvider random;

  Multinomial(UniformRandomProvider random) {
    this.random = random;
  }

  /**
   * How often each outcome comes in {@code trials} independent draws.
   *
   * @param trials at least 0
   * @param weights at least 0, not all 0, of any finite sum; not modified
   */
  long[] draw(long trials, double[] weights) {
    double[] tail = new double[weights.length + 1];
    for (int i = weights.length - 1; i >= 0; i--) {
      tail[i] = tail[i + 1] + weights[i];
    }
    long[] counts = new long[weights.length];
    long left = trials;
    for (int i = 0; i < weights.length && left > 0; i++) {
      counts[i] = weights[i] == 0 ? 0 : binomial(left, weights[i] / tail[i]);
      left -= counts[i];
    }
    return counts;
  }

  /** Number of successes; p in [0, 1], and p = 1 gives all trials. */
  private long binomial(long trials, double p) {
    long count = 0;
    long n = trials;
    double chance = p;
    while (n > FEW_TRIALS && chance > 0 && chance < 1) {
      long middle = n / 2 + 1;
      double split =
          beta(
              (double) middle,
              (double) (n + 1 - middle)); // the middle-th smallest of n uniform variates
      if (split <= chance) {
        count += middle;
        n -= middle;
        chance = split < 1 ? (chance - split) / (1 - split) : 0;
      } else {
        n = middle - 1;
        chance /= split;
      }
    }
    if (chance >= 1) {
      return count + n;
    }
    for (long trial = 0; trial < n; trial++) {
      count += random.nextDouble() < chance ? 1 : 0;
    }
    return count;
  }

  private double beta(double a, double b) {
    double x = AhrensDieterMarsagliaTsangGammaSampler.of(random, a, 1).sample();
    double y = AhrensDieterMarsagliaTsangGammaSampler.of(random, b, 1).sample();
    return x / (x + y);
  }
}

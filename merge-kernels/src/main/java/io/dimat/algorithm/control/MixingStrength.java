package io.dimat.algorithm.control;

import java.io.Serializable;

/** How much of a mixing is taken, by iteration: {@code x <- x + gamma (mix(x) - x)}. */
@FunctionalInterface
public interface MixingStrength extends Serializable {
  /**
   * gamma, in [0, 1]; 1 is the whole mixing.
   *
   * @param iteration counted over the whole run from 0
   */
  double at(long iteration);

  static MixingStrength constant(double strength) {
    return linear(strength, strength, 1);
  }

  /**
   * In equal steps from one strength to another, which then stays.
   *
   * @param total iterations from the first to the second, at least 1
   */
  static MixingStrength linear(double first, double last, long total) {
    requireStrength(first);
    requireStrength(last);
    return new Linear(first, last, total);
  }

  /** From one strength to another; a value, so that equal programs are equal. */
  record Linear(double first, double last, long total) implements MixingStrength {
    public Linear {
      if (total < 1) {
        throw new IllegalArgumentException(
            "a mixing strength changes over at least 1 iteration, got " + total);
      }
    }

    @Override
    public double at(long iteration) {
      return first + (last - first) * Math.min(1, (double) iteration / total);
    }
  }

  private static void requireStrength(double strength) {
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException("a mixing strength is in [0, 1], got " + strength);
    }
  }
}

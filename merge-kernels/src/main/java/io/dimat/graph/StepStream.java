package io.dimat.graph;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** The random stream of one step, so that a drawn matrix is a function of seed and step alone. */
final class StepStream {
  private StepStream() {}

  static UniformRandomProvider of(long seed, long step) {
    return RandomSource.XO_RO_SHI_RO_128_PP.create(scramble(scramble(seed) ^ step));
  }

  /** SplitMix64's step and finaliser (Steele, Lea, Flood 2014): a bijection of 64-bit words. */
  private static long scramble(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

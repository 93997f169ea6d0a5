package io.dimat.learn;

import io.dimat.network.Network;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Seeded parameters for tests: nothing is 0, 1 or equal to anything else, variances positive. */
public final class RandomParams {
  private RandomParams() {}

  /** Weights of deviation {@code sqrt(2 / fan-in)}, scales and variances near 1, others near 0. */
  public static ParamVector of(Network network, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    float[] values = new float[network.layout().size()];
    for (ParamSlice slice : network.layout().slices()) {
      for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
        values[i] = (float) value(slice, normal.sample());
      }
    }
    return ParamVector.of(network.layout(), values);
  }

  private static double value(ParamSlice slice, double normal) {
    if (slice.shape().size() > 1) {
      double fanIn = (double) slice.length() / slice.shape().get(0);
      return normal * Math.sqrt(2 / fanIn);
    }
    boolean positive = slice.name().endsWith("running_var") || slice.name().endsWith(".weight");
    return positive ? Math.exp(0.2 * normal) : 0.2 * normal;
  }
}

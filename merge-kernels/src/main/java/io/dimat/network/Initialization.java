package io.dimat.network;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Parameters to start training from. */
public final class Initialization {
  private Initialization() {}

  /**
   * Every parameter as its {@link ParamSpec.Initial} says: weights of convolutions and dense layers
   * normal with mean 0 and variance {@code 2 / fan_in} (He et al. 2015, arXiv 1502.01852), biases
   * 0, batch-norm scale 1, shift 0, running mean 0 and running variance 1.
   *
   * <p>Every tensor draws from a stream of its own, seeded by {@code seed} and the tensor's index
   * in the layout, so no tensor's values depend on another's size.
   *
   * @param seed of this vector; agents that start differently need different ones
   */
  public static ParamVector kaiming(Network network, long seed) {
    ParamLayout layout = network.layout();
    float[] values = new float[layout.size()];
    UniformRandomProvider seeds = RandomSource.SPLIT_MIX_64.create(seed);
    for (Layer layer : network.layers()) {
      for (ParamSpec param : layer.params(network.inputShapes(layer))) {
        ParamSlice slice = layout.slice(layer.name() + "." + param.suffix());
        fill(values, slice, param.initial(), seeds.nextLong());
      }
    }
    return ParamVector.of(layout, values);
  }

  private static void fill(float[] values, ParamSlice slice, ParamSpec.Initial initial, long seed) {
    int to = slice.offset() + slice.length();
    switch (initial) {
      case KAIMING -> {
        int fanIn = slice.length() / slice.shape().get(0);
        normal(values, slice, Math.sqrt(2.0 / fanIn), seed);
      }
      case ZERO -> Arrays.fill(values, slice.offset(), to, 0f);
      case ONE -> Arrays.fill(values, slice.offset(), to, 1f);
    }
  }

  private static void normal(float[] values, ParamSlice slice, double deviation, long seed) {
    ZigguratSampler.NormalizedGaussian gaussian =
        ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
    for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
      values[i] = (float) (deviation * gaussian.sample());
    }
  }
}

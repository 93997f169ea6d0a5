package io.dimat.network.zoo;

import io.dimat.network.Layer;
import io.dimat.network.Layer.Activation;
import io.dimat.network.Layer.Activation.Function;
import io.dimat.network.Layer.BatchNorm;
import io.dimat.network.Layer.Conv2d;
import io.dimat.network.Layer.Dense;
import io.dimat.network.Layer.Flatten;
import io.dimat.network.Layer.Input;
import io.dimat.network.Layer.Output;
import io.dimat.network.Layer.Pool2d;
import io.dimat.network.Layer.Pool2d.Pooling;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * VGG networks for small images (Simonyan and Zisserman 2014, arXiv 1409.1556): five stages of 3x3
 * convolutions with biases and {@code 64, 128, 256, 512, 512 width} channels, each ending in 2x2
 * max pooling, and one linear classifier on everything that is left: {@code 512 width} inputs for
 * images of 32x32, four times as many for 64x64. Layers are named by their index in PyTorch's
 * Sequential, pools and activations counted.
 */
public final class Vgg {
  static final String VGG11 = "vgg11";
  static final String VGG16_BN = "vgg16-bn";

  private static final int[] CONVOLUTIONS_11 = {1, 1, 2, 2, 2};
  private static final int[] CONVOLUTIONS_16 = {2, 2, 3, 3, 3};
  private static final int SMALLEST = 32;

  private final ZooOptions options;
  private final List<Layer> layers = new ArrayList<>();

  private Vgg(ZooOptions options) {
    this.options = options;
  }

  /**
   * Eight convolutions without batch norm, as in the experiments of RelaySGD (Vogels et al. 2021,
   * arXiv 2110.04175).
   *
   * @throws IllegalArgumentException if the images are smaller than 32x32
   */
  public static Network vgg11(ZooOptions options) {
    return new Vgg(options).build(VGG11, CONVOLUTIONS_11, Normalisation.NONE);
  }

  /**
   * Thirteen convolutions with batch norm, as in the experiments of DIMAT.
   *
   * @throws IllegalArgumentException if the images are smaller than 32x32
   */
  public static Network vgg16(ZooOptions options) {
    return new Vgg(options).build(VGG16_BN, CONVOLUTIONS_16, Normalisation.BATCH_NORM);
  }

  /** What follows every convolution. */
  private enum Normalisation {
    NONE,
    BATCH_NORM
  }

  private Network build(String name, int[] convolutions, Normalisation normalisation) {
    Shape input = options.input();
    if (Math.min(input.height(), input.width()) < SMALLEST) {
      throw new IllegalArgumentException(
          name + " halves images five times and needs at least 32x32 pixels, got " + input);
    }
    layers.add(new Input("input", input));
    for (int stage = 0; stage < convolutions.length; stage++) {
      for (int k = 0; k < convolutions[stage]; k++) {
        convolution(Math.min(64 << stage, 512) * options.width(), normalisation);
      }
      layers.add(new Pool2d(next(), last(), Pooling.MAX, 2, 2));
    }
    layers.add(new Flatten("flatten", last()));
    layers.add(new Dense("classifier", "flatten", options.classes(), true));
    layers.add(new Output("output", "classifier"));
    return new Network(name, layers);
  }

  private void convolution(int channels, Normalisation normalisation) {
    layers.add(new Conv2d(next(), last(), channels, 3, 1, 1, true));
    if (normalisation == Normalisation.BATCH_NORM) {
      layers.add(new BatchNorm(next(), last()));
    }
    layers.add(new Activation(next(), last(), Function.RELU));
  }

  /** The input has no index. */
  private String next() {
    return "features." + (layers.size() - 1);
  }

  private String last() {
    return layers.get(layers.size() - 1).name();
  }
}

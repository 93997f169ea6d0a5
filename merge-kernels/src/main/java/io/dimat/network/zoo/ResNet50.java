package io.dimat.network.zoo;

import io.dimat.network.Layer;
import io.dimat.network.Layer.Activation;
import io.dimat.network.Layer.Activation.Function;
import io.dimat.network.Layer.Add;
import io.dimat.network.Layer.BatchNorm;
import io.dimat.network.Layer.Conv2d;
import io.dimat.network.Layer.Dense;
import io.dimat.network.Layer.GlobalAveragePool;
import io.dimat.network.Layer.Input;
import io.dimat.network.Layer.Output;
import io.dimat.network.Layer.Pool2d;
import io.dimat.network.Layer.Pool2d.Pooling;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * ResNet-50 (He et al. 2015, arXiv 1512.03385, table 1): four stages of 3, 4, 6, 3 bottleneck
 * blocks, whose inner channels are {@code 64, 128, 256, 512 width} and whose stream has four times
 * as many. Names and the place of the stride, on the 3x3 convolution, are torchvision's.
 *
 * <p>Images with a side below 64 pixels get a 3x3 stem that keeps their size; larger ones the
 * original stem, a 7x7 convolution and max pooling of stride 2 each.
 */
public final class ResNet50 {
  static final String NAME = "resnet50";

  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final int EXPANSION = 4;
  private static final int LARGE = 64;

  private final ZooOptions options;
  private final List<Layer> layers = new ArrayList<>();

  private ResNet50(ZooOptions options) {
    this.options = options;
  }

  /** Reads images of any shape. */
  public static Network build(ZooOptions options) {
    return new ResNet50(options).build();
  }

  private Network build() {
    layers.add(new Input("input", options.input()));
    String stream = stem();
    for (int stage = 1; stage <= BLOCKS.length; stage++) {
      int channels = (64 * options.width()) << (stage - 1);
      stream = first("layer" + stage + ".0", stream, channels, stage == 1 ? 1 : 2);
      for (int b = 1; b < BLOCKS[stage - 1]; b++) {
        String block = "layer" + stage + "." + b;
        stream = sum(block, branch(block, stream, channels, 1), stream);
      }
    }
    layers.add(new GlobalAveragePool("avgpool", stream));
    layers.add(new Dense("fc", "avgpool", options.classes(), true));
    layers.add(new Output("output", "fc"));
    return new Network(NAME, layers);
  }

  private String stem() {
    Shape input = options.input();
    int channels = 64 * options.width();
    if (Math.min(input.height(), input.width()) < LARGE) {
      return relu("relu", convNorm("conv1", "bn1", "input", channels, 3, 1));
    }
    String active = relu("relu", convNorm("conv1", "bn1", "input", channels, 7, 2));
    layers.add(new Pool2d("maxpool", active, Pooling.MAX, 3, 2, 1));
    return "maxpool";
  }

  /** The block that opens a stage projects the stream. */
  private String first(String block, String stream, int channels, int stride) {
    String branch = branch(block, stream, channels, stride);
    String shortcut = block + ".downsample.";
    return sum(
        block,
        branch,
        convNorm(shortcut + 0, shortcut + 1, stream, EXPANSION * channels, 1, stride));
  }

  private String branch(String block, String stream, int channels, int stride) {
    String reduced = convNorm(block + ".conv1", block + ".bn1", stream, channels, 1, 1);
    String first = relu(block + ".relu1", reduced);
    String inner = convNorm(block + ".conv2", block + ".bn2", first, channels, 3, stride);
    String second = relu(block + ".relu2", inner);
    return convNorm(block + ".conv3", block + ".bn3", second, EXPANSION * channels, 1, 1);
  }

  private String sum(String block, String branch, String shortcut) {
    layers.add(new Add(block + ".add", List.of(branch, shortcut)));
    return relu(block + ".relu3", block + ".add");
  }

  private String convNorm(
      String conv, String norm, String input, int channels, int kernel, int stride) {
    layers.add(new Conv2d(conv, input, channels, kernel, stride, kernel / 2, false));
    layers.add(new BatchNorm(norm, conv));
    return norm;
  }

  private String relu(String name, String input) {
    layers.add(new Activation(name, input, Function.RELU));
    return name;
  }
}

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
import io.dimat.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * ResNet-20 for small images (He et al. 2015, arXiv 1512.03385, section 4.2): a 3x3 stem and three
 * stages of three basic blocks with {@code 16, 32, 64 width} channels, batch norm after every
 * convolution, ReLU after every sum. Names follow the usual PyTorch state dict. The official DIMAT
 * experiments use width 8 and {@link Shortcut#CONV3X3}.
 */
public final class ResNet20 {
  static final String NAME = "resnet20";

  private static final int BLOCKS = 3;

  private final ZooOptions options;
  private final List<Layer> layers = new ArrayList<>();

  private ResNet20(ZooOptions options) {
    this.options = options;
  }

  /** Reads images of any shape; the stages see it halved, rounded up, twice. */
  public static Network build(ZooOptions options) {
    return new ResNet20(options).build();
  }

  private Network build() {
    layers.add(new Input("input", options.input()));
    convNorm("conv1", "bn1", "input", 16 * options.width(), 1);
    String stream = relu("relu", "bn1");
    for (int stage = 1; stage <= 3; stage++) {
      for (int b = 0; b < BLOCKS; b++) {
        String block = "layer" + stage + "." + b;
        int channels = (16 * options.width()) << (stage - 1);
        stream =
            stage > 1 && b == 0 ? first(block, stream, channels) : next(block, stream, channels);
      }
    }
    layers.add(new GlobalAveragePool("avgpool", stream));
    layers.add(new Dense("linear", "avgpool", options.classes(), true));
    layers.add(new Output("output", "linear"));
    return new Network(NAME, layers);
  }

  /** A block whose stream passes unchanged. */
  private String next(String block, String stream, int channels) {
    return sum(block, branch(block, stream, channels, 1), stream);
  }

  /** The block that opens a stage: half the height and width, projected stream. */
  private String first(String block, String stream, int channels) {
    String branch = branch(block, stream, channels, 2);
    Shortcut shortcut = options.shortcut();
    String conv = block + ".shortcut.0";
    layers.add(new Conv2d(conv, stream, channels, shortcut.kernel(), 2, shortcut.padding(), false));
    layers.add(new BatchNorm(block + ".shortcut.1", conv));
    return sum(block, branch, block + ".shortcut.1");
  }

  private String branch(String block, String stream, int channels, int stride) {
    String inner = convNorm(block + ".conv1", block + ".bn1", stream, channels, stride);
    String active = relu(block + ".relu1", inner);
    return convNorm(block + ".conv2", block + ".bn2", active, channels, 1);
  }

  private String sum(String block, String branch, String shortcut) {
    layers.add(new Add(block + ".add", List.of(branch, shortcut)));
    return relu(block + ".relu2", block + ".add");
  }

  private String convNorm(String conv, String norm, String input, int channels, int stride) {
    layers.add(new Conv2d(conv, input, channels, 3, stride, 1, false));
    layers.add(new BatchNorm(norm, conv));
    return norm;
  }

  private String relu(String name, String input) {
    layers.add(new Activation(name, input, Function.RELU));
    return name;
  }
}

package io.dimat.network.zoo;

import io.dimat.network.Layer;
import io.dimat.network.Layer.Activation;
import io.dimat.network.Layer.Activation.Function;
import io.dimat.network.Layer.BatchNorm;
import io.dimat.network.Layer.Conv2d;
import io.dimat.network.Layer.Dense;
import io.dimat.network.Layer.GlobalAveragePool;
import io.dimat.network.Layer.Input;
import io.dimat.network.Layer.Output;
import io.dimat.network.Layer.Pool2d;
import io.dimat.network.Layer.Pool2d.Pooling;
import io.dimat.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Three 3x3 convolutions of {@code 16, 32, 64 width} channels, each with batch norm and ReLU, with
 * 2x2 max pooling between them, global average pooling and a linear classifier.
 */
public final class Cnn {
  static final String NAME = "cnn";

  private Cnn() {}

  /** Reads images of at least 4x4. */
  public static Network build(ZooOptions options) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Input("input", options.input()));
    stage(layers, 1, "input", 16 * options.width());
    layers.add(new Pool2d("pool1", "relu1", Pooling.MAX, 2, 2));
    stage(layers, 2, "pool1", 32 * options.width());
    layers.add(new Pool2d("pool2", "relu2", Pooling.MAX, 2, 2));
    stage(layers, 3, "pool2", 64 * options.width());
    layers.add(new GlobalAveragePool("avgpool", "relu3"));
    layers.add(new Dense("linear", "avgpool", options.classes(), true));
    layers.add(new Output("output", "linear"));
    return new Network(NAME, layers);
  }

  /** Batch norm shifts by itself, so its convolution has no bias. */
  private static void stage(List<Layer> layers, int number, String input, int channels) {
    String conv = "conv" + number;
    String norm = "bn" + number;
    layers.add(new Conv2d(conv, input, channels, 3, 1, 1, false));
    layers.add(new BatchNorm(norm, conv));
    layers.add(new Activation("relu" + number, norm, Function.RELU));
  }
}

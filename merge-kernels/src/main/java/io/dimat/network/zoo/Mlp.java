package io.dimat.network.zoo;

import io.dimat.network.Layer;
import io.dimat.network.Layer.Activation;
import io.dimat.network.Layer.Activation.Function;
import io.dimat.network.Layer.Dense;
import io.dimat.network.Layer.Flatten;
import io.dimat.network.Layer.Input;
import io.dimat.network.Layer.Output;
import io.dimat.network.Network;
import java.util.List;

/**
 * Two hidden layers of {@code 128 width} units with biases and ReLU, and a linear classifier: the
 * smallest network that alignment has something to do for, without batch norm.
 */
public final class Mlp {
  static final String NAME = "mlp";

  private static final int UNITS = 128;

  private Mlp() {}

  /** Reads images of any shape. */
  public static Network build(ZooOptions options) {
    int units = UNITS * options.width();
    List<Layer> layers =
        List.of(
            new Input("input", options.input()),
            new Flatten("flatten", "input"),
            new Dense("fc1", "flatten", units, true),
            new Activation("relu1", "fc1", Function.RELU),
            new Dense("fc2", "relu1", units, true),
            new Activation("relu2", "fc2", Function.RELU),
            new Dense("classifier", "relu2", options.classes(), true),
            new Output("output", "classifier"));
    return new Network(NAME, layers);
  }
}

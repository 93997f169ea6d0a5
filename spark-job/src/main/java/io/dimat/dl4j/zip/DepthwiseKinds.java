package io.dimat.dl4j.zip;

import static io.dimat.network.ParamSpec.BIAS;
import static io.dimat.network.ParamSpec.WEIGHT;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Layer.Conv2d;
import java.util.function.IntUnaryOperator;

/**
 * Convolutions that filter every channel on its own: in as many groups as there are channels. With
 * a depth multiplier d, channel c becomes the channels c d to c d + d - 1, as in PyTorch.
 */
final class DepthwiseKinds {
  private static final String MULTIPLIER = "depthMultiplier";

  private DepthwiseKinds() {}

  /** Stored as bias, then weight [height, width, in, d] row by row. */
  static void depthwise(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    Fields body = vertex.body();
    WeightKinds.requireInputs(network, body, input);
    int in = network.shape(input).channels();
    long channels = (long) in * body.size(MULTIPLIER);
    body.require(
        body.size("nout") == channels, "nout", channels + ", which is nin x depthMultiplier");
    Window window = Window.of(body, network.shape(input));
    boolean bias = body.flag("hasBias");
    String conv = each(network, vertex.name(), input, (int) channels, window, bias);
    if (bias) {
      network.order().next(vertex, conv + "." + BIAS);
    }
    network.order().permuted(vertex, conv + "." + WEIGHT, channelsLast((int) channels, window));
    Activations.after(network, vertex, conv);
  }

  /**
   * A depthwise convolution {@code X.depthwise} and a 1x1 convolution {@code X} that mixes its
   * channels. Stored as the bias of the latter, then weights [d, in, height, width] and [out, in d,
   * 1, 1], both row by row.
   */
  static void separable(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    Fields body = vertex.body();
    WeightKinds.requireInputs(network, body, input);
    int in = network.shape(input).channels();
    int multiplier = body.size(MULTIPLIER);
    long channels = (long) in * multiplier;
    body.require(channels <= Fields.MAX_SIZE, MULTIPLIER, "small enough for " + in + " channels");
    Window window = Window.of(body, network.shape(input));
    boolean bias = body.flag("hasBias");
    int out = body.size("nout");
    String name = network.fresh(vertex.name() + ".depthwise");
    String each = each(network, name, input, (int) channels, window, false);
    String conv = network.add(() -> new Conv2d(vertex.name(), each, out, 1, 1, 0, bias));
    if (bias) {
      network.order().next(vertex, conv + "." + BIAS);
    }
    network.order().permuted(vertex, each + "." + WEIGHT, multiplierFirst(in, multiplier, window));
    network.order().next(vertex, conv + "." + WEIGHT);
    Activations.after(network, vertex, conv);
  }

  private static String each(
      NetworkBuilder network, String name, String input, int channels, Window window, boolean bias)
      throws ModelFileException {
    int groups = network.shape(input).channels();
    return network.add(
        () ->
            new Conv2d(
                name,
                input,
                channels,
                window.kernel(),
                window.stride(),
                window.padding(),
                groups,
                bias));
  }

  /** From [height, width, in, d] to [in d, 1, height, width]. */
  private static IntUnaryOperator channelsLast(int channels, Window window) {
    int area = window.kernel() * window.kernel();
    return i -> i % channels * area + i / channels;
  }

  /** From [d, in, height, width] to [in d, 1, height, width]. */
  private static IntUnaryOperator multiplierFirst(int in, int multiplier, Window window) {
    int area = window.kernel() * window.kernel();
    return i -> {
      int filter = i / area;
      return (filter % in * multiplier + filter / in) * area + i % area;
    };
  }
}

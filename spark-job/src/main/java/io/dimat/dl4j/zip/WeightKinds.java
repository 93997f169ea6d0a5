package io.dimat.dl4j.zip;

import static io.dimat.network.ParamSpec.BIAS;
import static io.dimat.network.ParamSpec.RUNNING_MEAN;
import static io.dimat.network.ParamSpec.RUNNING_VARIANCE;
import static io.dimat.network.ParamSpec.WEIGHT;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Layer;
import java.math.BigDecimal;

/** Layers with parameters, each with its own order of them in the file. */
final class WeightKinds {
  private WeightKinds() {}

  /** Stored as bias, then weight [out, in, height, width] row by row. */
  static void convolution(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    Fields body = vertex.body();
    requireInputs(network, body, input);
    Window window = Window.of(body, network.shape(input));
    boolean bias = body.flag("hasBias");
    int out = body.size("nout");
    String conv =
        network.add(
            () ->
                new Layer.Conv2d(
                    vertex.name(),
                    input,
                    out,
                    window.kernel(),
                    window.stride(),
                    window.padding(),
                    bias));
    if (bias) {
      network.order().next(vertex, conv + "." + BIAS);
    }
    network.order().next(vertex, conv + "." + WEIGHT);
    Activations.after(network, vertex, conv);
  }

  static void dense(NetworkBuilder network, Vertex vertex, String input) throws ModelFileException {
    Activations.after(network, vertex, affine(network, vertex, input));
  }

  /** Stored as weight [in, out] column by column, then bias. */
  static String affine(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    Fields body = vertex.body();
    requireInputs(network, body, input);
    body.require(
        !body.node().path("hasLayerNorm").booleanValue(), "hasLayerNorm", "false (no layer norm)");
    boolean bias = body.flag("hasBias");
    int out = body.size("nout");
    String dense = network.add(() -> new Layer.Dense(vertex.name(), input, out, bias));
    network.order().next(vertex, dense + "." + WEIGHT);
    if (bias) {
      network.order().next(vertex, dense + "." + BIAS);
    }
    return dense;
  }

  /**
   * Stored as scale and shift, unless they are locked, then running mean and either the running
   * variance or the decimal logarithm of its root. Its activation is one that DL4J never applies.
   */
  static void batchNormalization(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    Fields body = vertex.body();
    requireInputs(network, body, input);
    body.requireTextOrNothing("cnn2DFormat", "NCHW");
    double epsilon = body.number("eps");
    double decay = body.number("decay");
    body.require(epsilon >= 0 && Double.isFinite(epsilon), "eps", "0 or more");
    body.require(decay >= 0 && decay <= 1, "decay", "from 0 to 1");
    String norm =
        network.add(() -> new Layer.BatchNorm(vertex.name(), input, epsilon, oneMinus(decay)));
    scaleAndShift(network, vertex, norm);
    network.order().next(vertex, norm + "." + RUNNING_MEAN);
    if (body.flag("useLogStd")) {
      network.order().decoded(vertex, norm + "." + RUNNING_VARIANCE, log -> Math.pow(10, 2 * log));
    } else {
      network.order().next(vertex, norm + "." + RUNNING_VARIANCE);
    }
    network.end(vertex.name(), norm);
  }

  /** In decimals: 0.9 is stored for 0.1, which 1 - 0.9 in binary is not. */
  private static double oneMinus(double decay) {
    return BigDecimal.ONE.subtract(BigDecimal.valueOf(decay)).doubleValue();
  }

  private static void scaleAndShift(NetworkBuilder network, Vertex vertex, String norm)
      throws ModelFileException {
    Fields body = vertex.body();
    if (body.flag("lockGammaBeta")) {
      network.order().constant(norm + "." + WEIGHT, body.number("gamma"));
      network.order().constant(norm + "." + BIAS, body.number("beta"));
      network.note(vertex, "its gamma and beta are locked, here they are parameters like others");
    } else {
      network.order().next(vertex, norm + "." + WEIGHT);
      network.order().next(vertex, norm + "." + BIAS);
    }
  }

  /** The file says how many channels a layer reads: as many as the one before it has. */
  static void requireInputs(NetworkBuilder network, Fields body, String input)
      throws ModelFileException {
    int channels = network.shape(input).channels();
    body.require(body.size("nin") == channels, "nin", channels + ", which is what it reads");
  }
}

package io.dimat.learn.reference;

import io.dimat.network.Layer;
import io.dimat.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Forward and backward passes of one network in double precision. Holds no values of its own. */
public final class Passes {
  private final List<Operator> operators = new ArrayList<>();
  private final List<int[]> inputs = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();

  public Passes(Network network) {
    Operators create = new Operators(network);
    for (Layer layer : network.layers()) {
      inputs.add(layer.inputs().stream().mapToInt(positions::get).toArray());
      positions.put(layer.name(), operators.size());
      operators.add(layer.accept(create));
    }
  }

  /**
   * Runs all layers.
   *
   * @param params flat parameters in canonical order; not modified
   * @param pixels [images, channels, height, width] row-major; not modified
   */
  public Features forward(double[] params, double[] pixels, int images, Mode mode) {
    double[][] outputs = new double[operators.size()][];
    outputs[0] = pixels;
    for (int l = 1; l < outputs.length; l++) {
      outputs[l] = operators.get(l).forward(inputsOf(l, outputs), images, params, mode);
    }
    return new Features(images, outputs);
  }

  /**
   * Gradient of the loss by all parameters; 0 for running statistics.
   *
   * @param params as in {@link #forward}; not modified
   * @param features of a forward pass in training mode at {@code params}; not modified
   * @param logitSlopes gradient of the loss by the logits, [images, classes]; not modified
   * @return a new flat gradient in canonical order
   */
  public double[] backward(double[] params, Features features, double[] logitSlopes) {
    double[][] slopes = new double[operators.size()][];
    slopes[slopes.length - 1] = logitSlopes;
    return backward(params, features, slopes);
  }

  /**
   * The same for a loss that reads one hidden layer besides the logits.
   *
   * @param layer name of the hidden layer
   * @param layerSlopes gradient of the loss by its features, [images, channels, positions]; not
   *     modified
   */
  public double[] backward(
      double[] params,
      Features features,
      double[] logitSlopes,
      String layer,
      double[] layerSlopes) {
    double[][] slopes = new double[operators.size()][];
    slopes[slopes.length - 1] = logitSlopes;
    slopes[positions.get(layer)] = layerSlopes.clone();
    return backward(params, features, slopes);
  }

  private double[] backward(double[] params, Features features, double[][] slopes) {
    double[] gradient = new double[params.length];
    for (int l = slopes.length - 1; l > 0; l--) {
      if (slopes[l] != null) {
        double[][] toInputs =
            operators
                .get(l)
                .backward(
                    inputsOf(l, features.outputs),
                    features.outputs[l],
                    slopes[l],
                    features.images,
                    params,
                    gradient);
        for (int k = 0; k < toInputs.length; k++) {
          accumulate(slopes, inputs.get(l)[k], toInputs[k]);
        }
        slopes[l] = null;
      }
    }
    return gradient;
  }

  /**
   * Moves all running statistics towards those of one batch.
   *
   * @param params the running statistics in it are modified
   * @param features of a forward pass of the batch in training mode; not modified
   * @param rate from a layer's momentum to the rate of this move
   */
  public void moveStatistics(double[] params, Features features, DoubleUnaryOperator rate) {
    for (int l = 1; l < operators.size(); l++) {
      operators.get(l).moveStatistics(inputsOf(l, features.outputs), features.images, params, rate);
    }
  }

  private static void accumulate(double[][] slopes, int layer, double[] slope) {
    if (slopes[layer] == null) {
      slopes[layer] = slope;
      return;
    }
    for (int i = 0; i < slope.length; i++) {
      slopes[layer][i] += slope[i];
    }
  }

  private double[][] inputsOf(int layer, double[][] outputs) {
    int[] from = inputs.get(layer);
    double[][] read = new double[from.length][];
    for (int k = 0; k < from.length; k++) {
      read[k] = outputs[from[k]];
    }
    return read;
  }

  /** What every layer computed for one batch. */
  public final class Features {
    private final int images;
    private final double[][] outputs;

    private Features(int images, double[][] outputs) {
      this.images = images;
      this.outputs = outputs;
    }

    /** Number of images in the batch. */
    public int images() {
      return images;
    }

    /** A copy of one layer's features, [images, channels, positions] row-major. */
    public double[] of(String layer) {
      return outputs[positions.get(layer)].clone();
    }

    /** A copy of the logits, [images, classes] row-major. */
    public double[] logits() {
      return outputs[outputs.length - 1].clone();
    }
  }
}

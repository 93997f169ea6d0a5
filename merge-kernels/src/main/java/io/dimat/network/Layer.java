package io.dimat.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One vertex of a {@link Network}: a record of its name, its inputs and its constants. Everything
 * that is computed from a network (an engine's graph, permutation groups, gradients) is a {@link
 * LayerVisitor}.
 *
 * <p>Every layer here computes one tensor per sample; batches are stacked samples. Parameters are
 * not held by the layer but named by it.
 */
public sealed interface Layer extends Serializable {
  String name();

  /** Names of the layers whose outputs this one reads, in order. */
  List<String> inputs();

  /**
   * Shape of this layer's output.
   *
   * @param inputs shapes of {@link #inputs()}, in order
   * @throws IllegalArgumentException if the layer cannot read them; the message names the layer
   */
  Shape outputShape(List<Shape> inputs);

  /** Parameters in canonical order; none by default. */
  default List<ParamSpec> params(List<Shape> inputs) {
    return List.of();
  }

  /**
   * Multiply-adds of this layer's matrix product for one image; 0 by default, because everything
   * else costs next to nothing beside them.
   */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  <R> R accept(LayerVisitor<R> visitor);

  /** A layer that reads one other. */
  sealed interface OneInput extends Layer {
    String input();

    @Override
    default List<String> inputs() {
      return List.of(input());
    }
  }

  /** The images: NCHW, already normalised. Exactly one per network, the first layer. */
  record Input(String name, Shape shape) implements Layer {
    @Override
    public List<String> inputs() {
      return List.of();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return shape;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.input(this);
    }
  }

  /**
   * 2-d cross-correlation, {@code out = floor((in + 2 padding - kernel) / stride) + 1}, square in
   * both axes, weight [out, in / groups, kernel, kernel], optional bias [out]. Inputs and outputs
   * are dealt to the groups in order, and an output reads the inputs of its own group only, as in
   * PyTorch.
   *
   * @param groups at least 1; divides the channels of the input and of the output
   */
  record Conv2d(
      String name,
      String input,
      int channels,
      int kernel,
      int stride,
      int padding,
      int groups,
      boolean hasBias)
      implements OneInput {
    public Conv2d {
      require(
          channels > 0 && kernel > 0 && stride > 0 && padding >= 0 && padding < kernel,
          name,
          "needs channels, kernel, stride > 0 and 0 <= padding < kernel");
      requireGroups(name, groups, channels, "output");
    }

    /** One group: every output reads every input. */
    public Conv2d(
        String name,
        String input,
        int channels,
        int kernel,
        int stride,
        int padding,
        boolean hasBias) {
      this(name, input, channels, kernel, stride, padding, 1, hasBias);
    }

    private static void requireGroups(String name, int groups, int channels, String side) {
      require(
          groups > 0 && channels % groups == 0,
          name,
          "needs groups that divide its %d %s channels, got %d groups"
              .formatted(channels, side, groups));
    }

    /**
     * True if every channel is filtered on its own, one output for each of several inputs.
     *
     * @param in shape of what the layer reads
     */
    public boolean isDepthwise(Shape in) {
      return groups > 1 && groups == channels && groups == in.channels();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = inputs.get(0);
      requireGroups(name, groups, in.channels(), "input");
      int h = Math.floorDiv(in.height() + 2 * padding - kernel, stride) + 1;
      int w = Math.floorDiv(in.width() + 2 * padding - kernel, stride) + 1;
      require(h > 0 && w > 0, name, "kernel " + kernel + " does not fit into " + in);
      return new Shape(channels, h, w);
    }

    @Override
    public List<ParamSpec> params(List<Shape> inputs) {
      List<ParamSpec> params = new ArrayList<>();
      params.add(ParamSpec.weight(channels, inputs.get(0).channels() / groups, kernel, kernel));
      if (hasBias) {
        params.add(ParamSpec.bias(channels));
      }
      return params;
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
      long weights = (long) channels * (inputs.get(0).channels() / groups) * kernel * kernel;
      return Math.multiplyExact(weights, outputShape(inputs).positions());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.conv2d(this);
    }
  }

  /**
   * Batch normalisation per channel over batch and positions: {@code weight (x - mean) /
   * sqrt(variance + epsilon) + bias}. In training mean and (biased) variance are the batch's, and
   * the running ones move by {@code momentum} towards the batch's mean and unbiased variance, as in
   * PyTorch.
   */
  record BatchNorm(String name, String input, double epsilon, double momentum) implements OneInput {
    /** PyTorch's defaults: epsilon 1e-5, momentum 0.1. */
    public BatchNorm(String name, String input) {
      this(name, input, 1e-5, 0.1);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<ParamSpec> params(List<Shape> inputs) {
      int c = inputs.get(0).channels();
      return List.of(
          ParamSpec.scale(c),
          ParamSpec.bias(c),
          ParamSpec.runningMean(c),
          ParamSpec.runningVariance(c));
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.batchNorm(this);
    }
  }

  /**
   * {@code weight x + bias}, weight [out, in]; reads a vector (flatten or pool images before it).
   */
  record Dense(String name, String input, int features, boolean hasBias) implements OneInput {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      require(
          inputs.get(0).positions() == 1,
          name,
          "reads a vector, got " + inputs.get(0) + ": put a flatten or a global pool before it");
      return Shape.vector(features);
    }

    @Override
    public List<ParamSpec> params(List<Shape> inputs) {
      List<ParamSpec> params = new ArrayList<>();
      params.add(ParamSpec.weight(features, inputs.get(0).channels()));
      if (hasBias) {
        params.add(ParamSpec.bias(features));
      }
      return params;
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
      return (long) features * inputs.get(0).channels();
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.dense(this);
    }
  }

  /** An elementwise nonlinearity. */
  record Activation(String name, String input, Function function) implements OneInput {
    /** Which function. */
    public enum Function {
      RELU,
      TANH
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.activation(this);
    }
  }

  /**
   * Square pooling, {@code out = floor((in + 2 padding - kernel) / stride) + 1}; positions that do
   * not fill a window are dropped. A maximum ignores the padding; a mean counts it as zeros, so
   * that every window is divided by {@code kernel^2} (PyTorch's default, {@code count_include_pad =
   * True}).
   *
   * @param padding at most half a window, so that every window sees the input
   */
  record Pool2d(String name, String input, Pooling pooling, int kernel, int stride, int padding)
      implements OneInput {
    public Pool2d {
      require(
          kernel > 0 && stride > 0 && padding >= 0 && 2 * padding <= kernel,
          name,
          "needs window, stride > 0 and padding of 0 to half a window, got window %d, stride %d, padding %d"
              .formatted(kernel, stride, padding));
    }

    /** Maximum or mean of each window. */
    public enum Pooling {
      MAX,
      AVERAGE
    }

    /** Without padding. */
    public Pool2d(String name, String input, Pooling pooling, int kernel, int stride) {
      this(name, input, pooling, kernel, stride, 0);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape in = inputs.get(0);
      int rows = in.height() + 2 * padding - kernel;
      int columns = in.width() + 2 * padding - kernel;
      require(rows >= 0 && columns >= 0, name, "window " + kernel + " does not fit into " + in);
      return new Shape(in.channels(), rows / stride + 1, columns / stride + 1);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.pool2d(this);
    }
  }

  /** Mean of every channel: (c, h, w) to a vector of c. */
  record GlobalAveragePool(String name, String input) implements OneInput {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shape.vector(inputs.get(0).channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.globalAveragePool(this);
    }
  }

  /** Elementwise sum of two or more equal shapes: the residual connection. */
  record Add(String name, List<String> inputs) implements Layer {
    public Add {
      inputs = List.copyOf(inputs);
      require(inputs.size() > 1, name, "adds at least two inputs, got " + inputs);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      require(inputs.stream().distinct().count() == 1, name, "adds equal shapes, got " + inputs);
      return inputs.get(0);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.add(this);
    }
  }

  /** Channels of two or more inputs side by side. */
  record Concat(String name, List<String> inputs) implements Layer {
    public Concat {
      inputs = List.copyOf(inputs);
      require(inputs.size() > 1, name, "joins at least two inputs, got " + inputs);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape first = inputs.get(0);
      require(
          inputs.stream().allMatch(s -> s.height() == first.height() && s.width() == first.width()),
          name,
          "joins equal heights and widths, got " + inputs);
      return new Shape(
          inputs.stream().mapToInt(Shape::channels).sum(), first.height(), first.width());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.concat(this);
    }
  }

  /** (c, h, w) to a vector of c h w, channel-major: element c * h * w + position. */
  record Flatten(String name, String input) implements OneInput {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shape.vector(inputs.get(0).size());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.flatten(this);
    }
  }

  /** The logits, one per class; softmax belongs to the loss. Exactly one, the last layer. */
  record Output(String name, String input) implements OneInput {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      require(
          inputs.get(0).positions() == 1, name, "reads a vector of logits, got " + inputs.get(0));
      return inputs.get(0);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
      return visitor.output(this);
    }
  }

  private static void require(boolean condition, String layer, String rule) {
    if (!condition) {
      throw new IllegalArgumentException("layer " + layer + " " + rule);
    }
  }
}

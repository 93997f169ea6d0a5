package io.dimat.learn;

import io.dimat.network.Layer;
import io.dimat.network.Layer.Activation;
import io.dimat.network.Layer.Activation.Function;
import io.dimat.network.Layer.Add;
import io.dimat.network.Layer.BatchNorm;
import io.dimat.network.Layer.Concat;
import io.dimat.network.Layer.Conv2d;
import io.dimat.network.Layer.Dense;
import io.dimat.network.Layer.Flatten;
import io.dimat.network.Layer.GlobalAveragePool;
import io.dimat.network.Layer.Input;
import io.dimat.network.Layer.Output;
import io.dimat.network.Layer.Pool2d;
import io.dimat.network.Layer.Pool2d.Pooling;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.util.List;
import java.util.stream.Stream;

/** A few hundred parameters each, together every kind of layer, odd sizes and strides. */
public final class SmallNetworks {
  private SmallNetworks() {}

  public static Stream<Network> all() {
    return Stream.concat(ungrouped(), Stream.of(grouped()));
  }

  /** Those without convolutions in groups, other than depthwise ones. */
  public static Stream<Network> ungrouped() {
    return Stream.of(mlp(), residual(), branches(), strided(), depthwise());
  }

  /** Those without a kink, so that a coarse finite difference is still right. */
  public static Stream<Network> smooth() {
    return Stream.of(strided(), smoothResidual(), depthwise(), smoothGrouped());
  }

  public static Stream<Network> normalised() {
    return Stream.of(residual(), strided(), smoothResidual(), depthwise());
  }

  public static Network mlp() {
    return new Network(
        "mlp",
        List.of(
            new Input("in", new Shape(1, 4, 3)),
            new Flatten("flat", "in"),
            new Dense("fc1", "flat", 7, true),
            new Activation("act1", "fc1", Function.RELU),
            new Dense("fc2", "act1", 5, false),
            new Activation("act2", "fc2", Function.RELU),
            new Dense("head", "act2", 4, true),
            new Output("out", "head")));
  }

  public static Network residual() {
    return residual("residual", Function.RELU);
  }

  public static Network smoothResidual() {
    return residual("smooth-residual", Function.TANH);
  }

  private static Network residual(String name, Function function) {
    return new Network(
        name,
        List.<Layer>of(
            new Input("in", new Shape(2, 7, 6)),
            new Conv2d("stem", "in", 3, 3, 2, 1, false),
            new BatchNorm("stem_bn", "stem"),
            new Activation("stem_act", "stem_bn", function),
            new Conv2d("conv1", "stem_act", 4, 3, 1, 1, false),
            new BatchNorm("bn1", "conv1", 1e-3, 0.3),
            new Activation("act1", "bn1", function),
            new Conv2d("conv2", "act1", 3, 1, 1, 0, true),
            new BatchNorm("bn2", "conv2"),
            new Add("sum", List.of("bn2", "stem_act")),
            new Activation("act2", "sum", function),
            new GlobalAveragePool("pool", "act2"),
            new Dense("head", "pool", 3, true),
            new Output("out", "head")));
  }

  /** Two branches of different kernels side by side, maximum pooling that drops a row. */
  public static Network branches() {
    return new Network(
        "branches",
        List.of(
            new Input("in", new Shape(1, 7, 7)),
            new Conv2d("left", "in", 2, 3, 1, 1, true),
            new Conv2d("right", "in", 3, 1, 1, 0, true),
            new Concat("both", List.of("left", "right")),
            new Activation("act", "both", Function.RELU),
            new Pool2d("pool", "act", Pooling.MAX, 2, 2),
            new Flatten("flat", "pool"),
            new Dense("head", "flat", 3, true),
            new Output("out", "head")));
  }

  /** Strides that do not divide, overlapping mean pooling, batch norm of a vector. */
  public static Network strided() {
    return new Network(
        "strided",
        List.of(
            new Input("in", new Shape(2, 9, 8)),
            new Conv2d("conv", "in", 3, 3, 2, 0, true),
            new Activation("act", "conv", Function.TANH),
            new Pool2d("pool", "act", Pooling.AVERAGE, 2, 1),
            new Flatten("flat", "pool"),
            new Dense("fc", "flat", 5, false),
            new BatchNorm("bn", "fc"),
            new Activation("act2", "bn", Function.TANH),
            new Dense("head", "act2", 3, true),
            new Output("out", "head")));
  }

  /** A depthwise convolution between 1x1 convolutions, mean pooling over padding. */
  public static Network depthwise() {
    return new Network(
        "depthwise",
        List.of(
            new Input("in", new Shape(2, 6, 5)),
            new Conv2d("expand", "in", 4, 1, 1, 0, false),
            new BatchNorm("bn1", "expand"),
            new Activation("act1", "bn1", Function.TANH),
            new Conv2d("each", "act1", 4, 3, 1, 1, 4, true),
            new BatchNorm("bn2", "each"),
            new Activation("act2", "bn2", Function.TANH),
            new Pool2d("mean", "act2", Pooling.AVERAGE, 3, 2, 1),
            new Conv2d("project", "mean", 3, 1, 1, 0, true),
            new Activation("act3", "project", Function.TANH),
            new GlobalAveragePool("pool", "act3"),
            new Dense("head", "pool", 3, true),
            new Output("out", "head")));
  }

  /** Groups that read the images, two outputs per input, maximum pooling of both signs at edges. */
  public static Network grouped() {
    return grouped("grouped", Function.RELU, Pooling.MAX);
  }

  public static Network smoothGrouped() {
    return grouped("smooth-grouped", Function.TANH, Pooling.AVERAGE);
  }

  private static Network grouped(String name, Function function, Pooling pooling) {
    return new Network(
        name,
        List.of(
            new Input("in", new Shape(4, 7, 6)),
            new Conv2d("pairs", "in", 6, 3, 1, 1, 2, false),
            new Pool2d("edges", "pairs", pooling, 3, 2, 1),
            new Activation("act1", "edges", function),
            new Conv2d("twice", "act1", 12, 3, 2, 1, 6, true),
            new Activation("act2", "twice", function),
            new Conv2d("mix", "act2", 5, 1, 1, 0, true),
            new Activation("act3", "mix", function),
            new GlobalAveragePool("pool", "act3"),
            new Dense("head", "pool", 3, true),
            new Output("out", "head")));
  }

  /** Nothing but batch norm: its statistics are those of the pixels. */
  public static Network batchNormOnly() {
    return new Network(
        "batch-norm-only",
        List.of(
            new Input("in", new Shape(3, 2, 2)),
            new BatchNorm("bn", "in"),
            new GlobalAveragePool("pool", "bn"),
            new Output("out", "pool")));
  }
}

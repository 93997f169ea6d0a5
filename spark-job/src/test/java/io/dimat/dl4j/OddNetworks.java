package io.dimat.dl4j;

import io.dimat.network.Layer;
import io.dimat.network.Layer.Activation;
import io.dimat.network.Layer.Activation.Function;
import io.dimat.network.Layer.BatchNorm;
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
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import java.util.List;
import java.util.stream.Stream;

/** Sizes, strides and paddings at the edges of what layers may be, and the zoo on small images. */
final class OddNetworks {
  private OddNetworks() {}

  static Stream<Network> convolutions() {
    return Stream.of(
        convolution(new Shape(1, 5, 5), 1, 1, 0, 1),
        convolution(new Shape(3, 7, 5), 3, 2, 1, 17),
        convolution(new Shape(2, 8, 9), 3, 2, 0, 5),
        convolution(new Shape(4, 6, 7), 5, 1, 4, 3),
        convolution(new Shape(1, 9, 4), 4, 3, 2, 8),
        convolution(new Shape(16, 4, 4), 2, 2, 1, 24),
        convolution(new Shape(5, 3, 3), 3, 1, 0, 2));
  }

  static Stream<Network> depthwise() {
    return Stream.of(
        inGroups(new Shape(5, 6, 5), 3, 1, 1, 5, 5),
        inGroups(new Shape(2, 7, 9), 3, 2, 1, 2, 2),
        inGroups(new Shape(24, 6, 5), 5, 3, 0, 24, 24),
        inGroups(new Shape(17, 4, 4), 2, 2, 1, 17, 17));
  }

  static Stream<Network> grouped() {
    return Stream.of(
        inGroups(new Shape(6, 6, 5), 3, 2, 1, 4, 2),
        inGroups(new Shape(9, 4, 5), 1, 1, 0, 6, 3),
        inGroups(new Shape(4, 5, 5), 3, 1, 2, 12, 4));
  }

  /** Two convolutions alike, one of the images and one of an inner layer. */
  private static Network inGroups(
      Shape input, int kernel, int stride, int padding, int channels, int groups) {
    String name = "groups %d of %s k%d s%d p%d to %d";
    return new Network(
        name.formatted(groups, input, kernel, stride, padding, channels),
        List.of(
            new Input("in", input),
            new Conv2d("outer", "in", channels, kernel, stride, padding, groups, false),
            new BatchNorm("bn", "outer"),
            new Activation("act", "bn", Function.TANH),
            new Conv2d("mix", "act", input.channels(), 1, 1, 0, true),
            new Conv2d("inner", "mix", channels, 3, 1, 1, groups, true),
            new Activation("inner_act", "inner", Function.TANH),
            new GlobalAveragePool("mean", "inner_act"),
            new Dense("head", "mean", 3, true),
            new Output("out", "head")));
  }

  /** Two convolutions alike, so that one reads the images and one an inner layer. */
  private static Network convolution(
      Shape input, int kernel, int stride, int padding, int channels) {
    return new Network(
        "convolution " + input + " k" + kernel + " s" + stride + " p" + padding,
        List.of(
            new Input("in", input),
            new Conv2d("conv", "in", channels, kernel, stride, padding, false),
            new BatchNorm("bn", "conv"),
            new Activation("act", "bn", Function.TANH),
            new Conv2d("inner", "act", 3, 2, 1, 1, true),
            new Activation("inner_act", "inner", Function.TANH),
            new Flatten("flat", "inner_act"),
            new Dense("head", "flat", 3, true),
            new Output("out", "head")));
  }

  /** The activation and the second head are read by nobody. */
  static Stream<Network> deadEnds() {
    return Stream.of(
        new Network(
            "dead ends",
            List.of(
                new Input("in", new Shape(2, 5, 4)),
                new Conv2d("conv", "in", 3, 3, 1, 1, false),
                new BatchNorm("bn", "conv"),
                new Activation("unread", "bn", Function.RELU),
                new GlobalAveragePool("mean", "bn"),
                new Dense("other", "mean", 2, true),
                new Dense("head", "mean", 3, true),
                new Output("out", "head"))));
  }

  static Stream<Network> pools() {
    return Stream.of(
        pool(Pooling.MAX, 2, 2, 0),
        pool(Pooling.MAX, 3, 2, 0),
        pool(Pooling.MAX, 3, 2, 1),
        pool(Pooling.MAX, 2, 1, 1),
        pool(Pooling.MAX, 5, 3, 2),
        pool(Pooling.AVERAGE, 3, 2, 0),
        pool(Pooling.AVERAGE, 2, 3, 0),
        pool(Pooling.AVERAGE, 3, 2, 1),
        pool(Pooling.AVERAGE, 2, 1, 1));
  }

  private static Network pool(Pooling pooling, int kernel, int stride, int padding) {
    List<Layer> layers =
        List.of(
            new Input("in", new Shape(2, 8, 7)),
            new Conv2d("conv", "in", 3, 3, 1, 1, true),
            new Pool2d("pool", "conv", pooling, kernel, stride, padding),
            new GlobalAveragePool("mean", "pool"),
            new Output("out", "mean"));
    return new Network("pool %s k%d s%d p%d".formatted(pooling, kernel, stride, padding), layers);
  }

  /** The small networks of the zoo at width 1. */
  static Stream<Network> zoo() {
    return Stream.of("cnn", "mlp", "resnet20").map(name -> zoo(name, new Shape(3, 9, 8)));
  }

  /** The large ones. */
  static Stream<Network> largeZoo() {
    return Stream.of(
        zoo("resnet50", new Shape(1, 64, 64)),
        zoo("vgg11", new Shape(3, 64, 64)),
        zoo("vgg16-bn", new Shape(1, 32, 33)));
  }

  private static Network zoo(String name, Shape image) {
    return Zoo.create(name, new ZooOptions(image, 5, 1, Shortcut.CONV1X1));
  }

  /** What DL4J can express: it refuses dead ends and groups that are not depthwise. */
  static Stream<Network> connected() {
    return Stream.of(convolutions(), depthwise(), pools(), zoo()).flatMap(networks -> networks);
  }

  static Stream<Network> odd() {
    return Stream.of(convolutions(), depthwise(), grouped(), pools(), deadEnds())
        .flatMap(networks -> networks);
  }
}

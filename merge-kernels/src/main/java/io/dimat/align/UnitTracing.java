package io.dimat.align;

import io.dimat.network.Layer;
import io.dimat.network.LayerVisitor;
import io.dimat.network.Network;
import io.dimat.network.ParamSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows units through a network: which space every channel of every output belongs to, and which
 * axes of which tensors are indexed by it.
 */
final class UnitTracing implements LayerVisitor<List<UnitSegment>> {
  private final Network network;
  private final UnitSpaces spaces = new UnitSpaces();
  private final Map<String, List<UnitSegment>> outputs = new LinkedHashMap<>();
  private final Map<String, List<List<UnitSegment>>> tensors = new LinkedHashMap<>();

  private final Set<String> nonlinear = new HashSet<>();

  private UnitTracing(Network network) {
    this.network = network;
  }

  static UnitTracing of(Network network) {
    UnitTracing tracing = new UnitTracing(network);
    for (Layer layer : network.layers()) {
      tracing.outputs.put(layer.name(), layer.accept(tracing));
    }
    return tracing;
  }

  UnitSpaces spaces() {
    return spaces;
  }

  /** Channels of every layer's output, in topological order. */
  Map<String, List<UnitSegment>> outputs() {
    return outputs;
  }

  /** Axis 0 of every tensor and, for weights that read all units, axis 1. */
  Map<String, List<List<UnitSegment>>> tensors() {
    return tensors;
  }

  /** True for a layer that ends in a nonlinearity: units are told apart best behind it. */
  boolean isNonlinear(String layer) {
    return nonlinear.contains(layer);
  }

  @Override
  public List<UnitSegment> input(Layer.Input layer) {
    List<UnitSegment> axis = open(layer.name(), layer.shape().channels());
    spaces.fix(axis.get(0).space(), "they are the channels of the images");
    return axis;
  }

  @Override
  public List<UnitSegment> conv2d(Layer.Conv2d layer) {
    if (layer.groups() == 1) {
      return linear(layer.name(), layer.input(), layer.channels(), layer.hasBias());
    }
    List<UnitSegment> axis =
        layer.isDepthwise(network.shape(layer.input())) ? depthwise(layer) : grouped(layer);
    tensors.put(layer.name() + "." + ParamSpec.WEIGHT, List.of(axis));
    if (layer.hasBias()) {
      tensors.put(layer.name() + "." + ParamSpec.BIAS, List.of(axis));
    }
    return axis;
  }

  /** Output c is made of input c alone, so it moves wherever that one moves. */
  private List<UnitSegment> depthwise(Layer.Conv2d layer) {
    String reason = layer.name() + " is depthwise and ties its units to those of " + layer.input();
    List<UnitSegment> axis = outputs.get(layer.input());
    axis.forEach(s -> spaces.unite(s.space(), spaces.open(layer.name()), reason));
    return axis;
  }

  /**
   * A unit could change places within its group, and groups as a whole, but not freely; such
   * restricted permutations are not searched for, so both sides keep their order.
   */
  private List<UnitSegment> grouped(Layer.Conv2d layer) {
    String reason =
        "%s is a convolution in %d groups, which units may not leave"
            .formatted(layer.name(), layer.groups());
    List<UnitSegment> axis = open(layer.name(), layer.channels());
    axis.forEach(s -> spaces.fix(s.space(), reason));
    outputs.get(layer.input()).forEach(s -> spaces.fix(s.space(), reason));
    return axis;
  }

  @Override
  public List<UnitSegment> dense(Layer.Dense layer) {
    return linear(layer.name(), layer.input(), layer.features(), layer.hasBias());
  }

  private List<UnitSegment> linear(String name, String input, int units, boolean hasBias) {
    List<UnitSegment> axis = open(name, units);
    tensors.put(name + "." + ParamSpec.WEIGHT, List.of(axis, outputs.get(input)));
    if (hasBias) {
      tensors.put(name + "." + ParamSpec.BIAS, List.of(axis));
    }
    return axis;
  }

  private List<UnitSegment> open(String maker, int units) {
    return List.of(new UnitSegment(spaces.open(maker), units, 1));
  }

  @Override
  public List<UnitSegment> batchNorm(Layer.BatchNorm layer) {
    List<UnitSegment> axis = outputs.get(layer.input());
    Stream.of(ParamSpec.WEIGHT, ParamSpec.BIAS, ParamSpec.RUNNING_MEAN, ParamSpec.RUNNING_VARIANCE)
        .forEach(suffix -> tensors.put(layer.name() + "." + suffix, List.of(axis)));
    return axis;
  }

  @Override
  public List<UnitSegment> activation(Layer.Activation layer) {
    nonlinear.add(layer.name());
    return outputs.get(layer.input());
  }

  @Override
  public List<UnitSegment> pool2d(Layer.Pool2d layer) {
    return outputs.get(layer.input());
  }

  @Override
  public List<UnitSegment> globalAveragePool(Layer.GlobalAveragePool layer) {
    return outputs.get(layer.input());
  }

  @Override
  public List<UnitSegment> add(Layer.Add layer) {
    String first = layer.inputs().get(0);
    for (String other : layer.inputs().subList(1, layer.inputs().size())) {
      String reason = layer.name() + " ties " + first + " and " + other;
      new SegmentTie(spaces, layer.name(), reason).tie(outputs.get(first), outputs.get(other));
    }
    return outputs.get(first);
  }

  @Override
  public List<UnitSegment> concat(Layer.Concat layer) {
    List<UnitSegment> axis = new ArrayList<>();
    layer.inputs().forEach(input -> axis.addAll(outputs.get(input)));
    return List.copyOf(axis);
  }

  @Override
  public List<UnitSegment> flatten(Layer.Flatten layer) {
    int positions = network.shape(layer.input()).positions();
    return outputs.get(layer.input()).stream().map(s -> s.times(positions)).toList();
  }

  @Override
  public List<UnitSegment> output(Layer.Output layer) {
    List<UnitSegment> axis = outputs.get(layer.input());
    axis.forEach(s -> spaces.fix(s.space(), "they are the logits"));
    return axis;
  }
}

package io.dimat.network;

import io.dimat.tensor.ParamLayout;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An immutable DAG of layers in topological order. One definition serves the engines, the
 * permutation groups and the file formats.
 */
public final class Network implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final List<Layer> layers;
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, Layer> byName = new LinkedHashMap<>();
  private final ParamLayout layout;

  /**
   * Validates and measures the network.
   *
   * @param layers in topological order: an {@link Layer.Input} first, an {@link Layer.Output} last
   * @throws IllegalArgumentException if a name repeats, an input is unknown or comes later, or a
   *     layer cannot read its input's shape
   */
  public Network(String name, List<Layer> layers) {
    this.name = name;
    this.layers = List.copyOf(layers);
    requireEnds(this.layers);
    ParamLayout.Builder params = ParamLayout.builder();
    for (Layer layer : this.layers) {
      List<Shape> inputs = layer.inputs().stream().map(in -> known(layer, in)).toList();
      if (byName.put(layer.name(), layer) != null) {
        throw new IllegalArgumentException(
            "layer names must be unique, got " + layer.name() + " twice");
      }
      shapes.put(layer.name(), layer.outputShape(inputs));
      layer
          .params(inputs)
          .forEach(p -> params.add(layer.name() + "." + p.suffix(), p.shape(), p.role()));
    }
    this.layout = params.build();
  }

  private static void requireEnds(List<Layer> layers) {
    long inputs = layers.stream().filter(Layer.Input.class::isInstance).count();
    long outputs = layers.stream().filter(Layer.Output.class::isInstance).count();
    if (inputs != 1
        || outputs != 1
        || !(layers.get(0) instanceof Layer.Input)
        || !(layers.get(layers.size() - 1) instanceof Layer.Output)) {
      throw new IllegalArgumentException(
          "a network starts with its one input and ends with its one output, got "
              + inputs
              + " inputs and "
              + outputs
              + " outputs");
    }
  }

  private Shape known(Layer layer, String input) {
    Shape shape = shapes.get(input);
    if (shape == null) {
      throw new IllegalArgumentException(
          "layer " + layer.name() + " reads " + input + ", which is no layer before it");
    }
    return shape;
  }

  public String name() {
    return name;
  }

  public List<Layer> layers() {
    return layers;
  }

  public ParamLayout layout() {
    return layout;
  }

  /** The layer of that name. */
  public Layer layer(String layerName) {
    Layer layer = byName.get(layerName);
    if (layer == null) {
      throw new IllegalArgumentException(name + " has no layer " + layerName);
    }
    return layer;
  }

  /** Shape of a layer's output for one sample. */
  public Shape shape(String layerName) {
    return shapes.get(layer(layerName).name());
  }

  /** Shapes of what a layer reads, in order. */
  List<Shape> inputShapes(Layer layer) {
    return layer.inputs().stream().map(this::shape).toList();
  }

  public Shape inputShape() {
    return shapes.get(layers.get(0).name());
  }

  /** Values that the layer with the largest output makes of one sample, the input included. */
  public int largestLayer() {
    return shapes.values().stream().mapToInt(Shape::size).max().orElseThrow();
  }

  /**
   * The layer that the last dense layer reads: the last hidden features; empty if none is dense.
   */
  public Optional<String> lastHidden() {
    return layers.stream()
        .filter(Layer.Dense.class::isInstance)
        .reduce((first, second) -> second)
        .map(dense -> dense.inputs().get(0));
  }

  /**
   * What {@link #lastHidden()} gives.
   *
   * @throws IllegalArgumentException if the network has no dense layer
   */
  public String requireLastHidden() {
    return lastHidden()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "hidden features are what the last dense layer reads, network "
                        + name
                        + " has none"));
  }

  /** Number of logits. */
  public int classes() {
    return shapes.get(layers.get(layers.size() - 1).name()).channels();
  }

  /** True if any layer keeps running statistics. */
  public boolean hasBatchNorm() {
    return layout.size() > layout.trainableSize();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that && name.equals(that.name) && layers.equals(that.layers);
  }

  @Override
  public int hashCode() {
    return layers.hashCode();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s with %,d parameters", name, layout.trainableSize());
  }
}

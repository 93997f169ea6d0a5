package io.dimat.merge;

import io.dimat.network.Layer;
import io.dimat.network.LayerRewiring;
import io.dimat.network.Network;
import io.dimat.network.ParamSpec;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network with a temporary batch norm behind some of its layers: the instrument of {@link
 * Repair}.
 */
final class NormalizedNetwork {
  private static final double EPSILON = new Layer.BatchNorm("any", "any").epsilon();

  /** A variance of 1e-12 beside epsilon. */
  private static final double CONSTANT = Math.sqrt(1e-12 + EPSILON);

  private final Network network;
  private final List<String> layers;

  private NormalizedNetwork(Network network, List<String> layers) {
    this.network = network;
    this.layers = layers;
  }

  /** Hidden layers with weights and bias whose outputs reach something else than a batch norm. */
  static List<String> layersWithoutNorm(Network network) {
    return network.layers().stream()
        .map(Layer::name)
        .filter(name -> hasParameter(network, name, ParamSpec.BIAS))
        .filter(name -> !hasParameter(network, name, ParamSpec.RUNNING_MEAN))
        .filter(name -> !isNormalizedOrLogits(network, name))
        .toList();
  }

  private static boolean hasParameter(Network network, String layer, String suffix) {
    return network.layout().slices().stream()
        .anyMatch(slice -> slice.name().equals(layer + "." + suffix));
  }

  private static boolean isNormalizedOrLogits(Network network, String name) {
    List<Layer> readers =
        network.layers().stream().filter(layer -> layer.inputs().contains(name)).toList();
    return readers.stream().allMatch(Layer.BatchNorm.class::isInstance)
        || readers.stream().anyMatch(Layer.Output.class::isInstance);
  }

  /** The batch norm behind a layer. */
  static String normOf(String layer) {
    return layer + ".repair";
  }

  static NormalizedNetwork of(Network original, List<String> layers) {
    SortedMap<String, String> moved = new TreeMap<>();
    layers.forEach(layer -> moved.put(layer, normOf(layer)));
    List<Layer> extended = new ArrayList<>();
    for (Layer layer : original.layers()) {
      extended.add(layer.accept(new LayerRewiring(moved)));
      if (moved.containsKey(layer.name())) {
        extended.add(new Layer.BatchNorm(normOf(layer.name()), layer.name()));
      }
    }
    Network network = new Network(original.name() + " with batch norms", extended);
    return new NormalizedNetwork(network, List.copyOf(layers));
  }

  Network network() {
    return network;
  }

  /**
   * The model with temporary batch norms of the given scales and shifts.
   *
   * @param scales one per layer, in order
   */
  ParamVector extend(ParamVector model, List<UnitScales> scales) {
    float[] values = new float[network.layout().size()];
    for (ParamSlice slice : model.layout().slices()) {
      put(values, slice.name(), model.slice(slice.name()));
    }
    for (int i = 0; i < layers.size(); i++) {
      put(values, parameter(i, ParamSpec.WEIGHT), floats(scales.get(i).deviation));
      put(values, parameter(i, ParamSpec.BIAS), floats(scales.get(i).mean));
    }
    return ParamVector.of(network.layout(), values);
  }

  private void put(float[] values, String name, float[] tensor) {
    System.arraycopy(tensor, 0, values, network.layout().slice(name).offset(), tensor.length);
  }

  private String parameter(int layer, String suffix) {
    return normOf(layers.get(layer)) + "." + suffix;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Per layer the running mean and {@code sqrt(running variance + epsilon)}. */
  List<UnitScales> measured(ParamVector extended) {
    List<UnitScales> all = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      float[] mean = extended.slice(parameter(i, ParamSpec.RUNNING_MEAN));
      float[] variance = extended.slice(parameter(i, ParamSpec.RUNNING_VARIANCE));
      UnitScales scales = new UnitScales(mean.length);
      for (int u = 0; u < mean.length; u++) {
        scales.mean[u] = mean[u];
        scales.deviation[u] = Math.sqrt(variance[u] + EPSILON);
      }
      all.add(scales);
    }
    return all;
  }

  /**
   * The model with every layer's units moved from one scale to another: {@code W <- f W, b <- m* +
   * f (b - mean)}, {@code f = s* / deviation}. A unit that is as good as constant keeps its scale.
   *
   * @param from one per layer, measured
   * @param to one per layer
   */
  ParamVector fold(ParamVector model, List<UnitScales> from, List<UnitScales> to) {
    float[] values = model.toArray();
    for (int i = 0; i < layers.size(); i++) {
      ParamSlice weight = model.layout().slice(layers.get(i) + "." + ParamSpec.WEIGHT);
      ParamSlice bias = model.layout().slice(layers.get(i) + "." + ParamSpec.BIAS);
      int row = weight.length() / bias.length();
      for (int u = 0; u < bias.length(); u++) {
        double deviation = from.get(i).deviation[u];
        double factor = deviation <= CONSTANT ? 1 : to.get(i).deviation[u] / deviation;
        int first = weight.offset() + u * row;
        for (int e = first; e < first + row; e++) {
          values[e] = (float) (values[e] * factor);
        }
        double centred = values[bias.offset() + u] - from.get(i).mean[u];
        values[bias.offset() + u] = (float) (to.get(i).mean[u] + factor * centred);
      }
    }
    return ParamVector.of(model.layout(), values);
  }
}

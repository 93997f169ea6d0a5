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
  private final Network original;
  private final Network network;
  private final List<String> layers;

  private NormalizedNetwork(Network original, Network network, List<String> layers) {
    this.original = original;
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
    return new NormalizedNetwork(original, network, List.copyOf(layers));
  }

  Network network() {
    return network;
  }

  /** The model with zeros for the parameters of the temporary batch norms. */
  ParamVector extend(ParamVector model) {
    ParamVector extended = ParamVector.zeros(network.layout());
    for (ParamSlice slice : model.layout().slices()) {
      extended = extended.with(slice.name(), model.slice(slice.name()));
    }
    return extended;
  }

  /**
   * A model of the original network that computes what the extended one does.
   *
   * @param constant variance up to which a unit is not scaled
   */
  ParamVector fold(ParamVector extended, double constant) {
    ParamVector folded = ParamVector.zeros(original.layout());
    for (ParamSlice slice : original.layout().slices()) {
      folded = folded.with(slice.name(), extended.slice(slice.name()));
    }
    for (String layer : layers) {
      folded = fold(folded, extended, layer, constant);
    }
    return folded;
  }

  private static ParamVector fold(
      ParamVector folded, ParamVector extended, String layer, double constant) {
    Layer.BatchNorm norm = new Layer.BatchNorm(normOf(layer), layer);
    float[] scale = extended.slice(norm.name() + "." + ParamSpec.WEIGHT);
    float[] shift = extended.slice(norm.name() + "." + ParamSpec.BIAS);
    float[] mean = extended.slice(norm.name() + "." + ParamSpec.RUNNING_MEAN);
    float[] variance = extended.slice(norm.name() + "." + ParamSpec.RUNNING_VARIANCE);
    float[] weight = folded.slice(layer + "." + ParamSpec.WEIGHT);
    float[] bias = folded.slice(layer + "." + ParamSpec.BIAS);
    int row = weight.length / bias.length;
    for (int u = 0; u < bias.length; u++) {
      double factor =
          variance[u] <= constant ? 1 : scale[u] / Math.sqrt(variance[u] + norm.epsilon());
      for (int i = u * row; i < (u + 1) * row; i++) {
        weight[i] = (float) (weight[i] * factor);
      }
      bias[u] = (float) (shift[u] + factor * (bias[u] - mean[u]));
    }
    return folded
        .with(layer + "." + ParamSpec.WEIGHT, weight)
        .with(layer + "." + ParamSpec.BIAS, bias);
  }
}

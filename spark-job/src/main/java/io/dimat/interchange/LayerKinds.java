package io.dimat.interchange;

import static java.util.Map.entry;

import io.dimat.network.Layer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The kinds of layers that a network file may hold. Keys beside kind, name and input(s), defaults
 * in brackets, which are PyTorch's:
 *
 * <ul>
 *   <li>{@code input}: shape
 *   <li>{@code conv2d}: channels, kernel, stride (1), padding (0), groups (1), bias (true)
 *   <li>{@code batch-norm}: epsilon (1e-5), momentum (0.1)
 *   <li>{@code activation}: function, one of relu, tanh
 *   <li>{@code pool2d}: pooling, one of max, average; kernel, stride (kernel), padding (0)
 *   <li>{@code dense}: features, bias (true)
 *   <li>{@code global-average-pool}, {@code flatten}, {@code output}: none
 *   <li>{@code add}, {@code concat}: inputs
 * </ul>
 */
final class LayerKinds {
  static final String INPUT = "input";
  static final String CONV2D = "conv2d";
  static final String BATCH_NORM = "batch-norm";
  static final String ACTIVATION = "activation";
  static final String POOL2D = "pool2d";
  static final String GLOBAL_AVERAGE_POOL = "global-average-pool";
  static final String ADD = "add";
  static final String CONCAT = "concat";
  static final String FLATTEN = "flatten";
  static final String DENSE = "dense";
  static final String OUTPUT = "output";

  private static final SortedMap<String, Function<LayerFields, Layer>> READERS =
      new TreeMap<>(
          Map.ofEntries(
              entry(INPUT, f -> new Layer.Input(f.name(), f.shape("shape"))),
              entry(CONV2D, LayerKinds::conv2d),
              entry(BATCH_NORM, LayerKinds::batchNorm),
              entry(ACTIVATION, LayerKinds::activation),
              entry(POOL2D, LayerKinds::pool2d),
              entry(GLOBAL_AVERAGE_POOL, f -> new Layer.GlobalAveragePool(f.name(), f.input())),
              entry(ADD, f -> new Layer.Add(f.name(), f.inputs())),
              entry(CONCAT, f -> new Layer.Concat(f.name(), f.inputs())),
              entry(FLATTEN, f -> new Layer.Flatten(f.name(), f.input())),
              entry(DENSE, LayerKinds::dense),
              entry(OUTPUT, f -> new Layer.Output(f.name(), f.input()))));

  /** What users may well try, in letters and digits alone, and why it is not there. */
  private static final Map<String, String> NOT_SUPPORTED =
      Map.of(
          "layernorm", "its statistics mix the units of one image; batch-norm is the only norm",
          "groupnorm", "its statistics mix the units of one image; batch-norm is the only norm",
          "instancenorm", "batch-norm is the only norm",
          "attention", "heads are not permuted unit by unit",
          "embedding", "networks here read images",
          "lstm", "networks here have no state",
          "dropout", "leave it out, it does nothing after training");

  private LayerKinds() {}

  /** The layer of these keys; empty if there are problems, which the fields then hold. */
  static Optional<Layer> read(LayerFields fields) {
    Function<LayerFields, Layer> reader = READERS.get(fields.kind());
    if (reader == null) {
      fields.problem(unknown(fields.kind()));
      return Optional.empty();
    }
    Optional<Layer> layer = Optional.empty();
    try {
      layer = Optional.of(reader.apply(fields));
    } catch (IllegalArgumentException e) {
      refused(fields, e.getMessage());
    }
    fields.refuseOthers();
    return fields.problems().isEmpty() ? layer : Optional.empty();
  }

  /** A layer made of stand-ins for wrong values is no news. */
  private static void refused(LayerFields fields, String message) {
    if (fields.problems().isEmpty()) {
      String subject = "layer " + fields.name() + " "; // problems begin with it as well
      fields.problem(message.startsWith(subject) ? message.substring(subject.length()) : message);
    }
  }

  private static String unknown(String kind) {
    String kinds = "; kinds are " + String.join(", ", READERS.keySet());
    if (kind.isEmpty()) {
      return "needs a kind" + kinds;
    }
    String letters = kind.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String why = NOT_SUPPORTED.get(letters);
    return why == null
        ? "has the unknown kind " + OneLine.of(kind) + kinds
        : "has the kind " + OneLine.of(kind) + ", which is not supported: " + why + kinds;
  }

  private static Layer conv2d(LayerFields f) {
    return new Layer.Conv2d(
        f.name(),
        f.input(),
        f.integer("channels", 1),
        f.integer("kernel", 1),
        f.integer("stride", 1, 1),
        f.integer("padding", 0, 0),
        f.integer("groups", 1, 1),
        f.flag("bias", true));
  }

  private static Layer batchNorm(LayerFields f) {
    return new Layer.BatchNorm(
        f.name(), f.input(), f.positive("epsilon", 1e-5), f.positive("momentum", 0.1));
  }

  private static Layer activation(LayerFields f) {
    return new Layer.Activation(
        f.name(), f.input(), f.choice("function", Layer.Activation.Function.class));
  }

  private static Layer pool2d(LayerFields f) {
    int kernel = f.integer("kernel", 1);
    return new Layer.Pool2d(
        f.name(),
        f.input(),
        f.choice("pooling", Layer.Pool2d.Pooling.class),
        kernel,
        f.integer("stride", 1, kernel),
        f.integer("padding", 0, 0));
  }

  private static Layer dense(LayerFields f) {
    return new Layer.Dense(f.name(), f.input(), f.integer("features", 1), f.flag("bias", true));
  }
}

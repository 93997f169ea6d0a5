package io.dimat.interchange;

import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The layers of a network file as they are read. It goes on after a problem, so that a user sees
 * all of them at once, and does not report what follows from an earlier one.
 */
final class LayerList {
  private final List<String> problems = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private int count;
  private String before = "";

  void problem(String problem) {
    problems.add(problem);
  }

  List<String> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** Reads one entry of the file. */
  void add(Object entry) {
    count++;
    if (!(entry instanceof Map<?, ?> values)) {
      problem("layer " + count + " must be { kind = ... }, got " + OneLine.of("" + entry));
      return;
    }
    LayerFields fields = new LayerFields(count, before, values);
    Optional<Layer> layer = LayerKinds.read(fields);
    problems.addAll(fields.problems());
    if (!names.add(fields.name())) {
      problem(fields.place() + " needs a name of its own, there is one before it");
    }
    layer.ifPresent(read -> place(read, fields.place()));
    before = fields.name();
  }

  private void place(Layer layer, String place) {
    layers.add(layer);
    for (String input : layer.inputs()) {
      if (!names.contains(input) || input.equals(layer.name())) {
        problem(place + " reads " + OneLine.of(input) + ", which is no layer before it");
      }
    }
    List<Shape> inputs = layer.inputs().stream().map(shapes::get).toList();
    if (inputs.stream().allMatch(Objects::nonNull)) {
      measure(layer, inputs, place);
    }
  }

  private void measure(Layer layer, List<Shape> inputs, String place) {
    try {
      shapes.put(layer.name(), layer.outputShape(inputs));
    } catch (IllegalArgumentException e) {
      problem(e.getMessage());
    } catch (ArithmeticException e) {
      problem(place + " may have 2^31 - 1 values for an image, it has more");
    }
  }

  /** The network; empty if there are problems. */
  Optional<Network> network(String name) {
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Network(name, layers));
    } catch (IllegalArgumentException e) {
      problem(e.getMessage());
    } catch (ArithmeticException e) {
      problem("a network may have 2^31 - 1 parameters, this one has more");
    }
    return Optional.empty();
  }
}

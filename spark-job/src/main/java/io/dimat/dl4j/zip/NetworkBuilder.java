package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A network in the making: its layers so far, and where the file keeps their parameters. */
final class NetworkBuilder {
  /** All networks of this origin have one name: the file has none. */
  private static final String NAME = "dl4j";

  private static final int MAX_REASON = 400;

  private final Configuration configuration;
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, String> ends = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final StoredOrder order;
  private final List<String> notes = new ArrayList<>();
  private Optional<Layer> head = Optional.empty();

  NetworkBuilder(Configuration configuration) {
    this.configuration = configuration;
    this.order = new StoredOrder(configuration.storage());
    taken.add(configuration.input());
    configuration.vertices().forEach(vertex -> taken.add(vertex.name()));
  }

  StoredOrder order() {
    return order;
  }

  List<String> notes() {
    return notes;
  }

  void note(Vertex vertex, String text) {
    notes.add(vertex.body().where() + ": " + text);
  }

  /** A name that no vertex and no other layer has: the wanted one unless it is taken. */
  String fresh(String wanted) {
    String name = wanted;
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  /** Adds a layer behind those that it reads, and gives its name. */
  String add(Supplier<? extends Layer> constructor) throws ModelFileException {
    Layer layer = checked(constructor);
    List<Shape> inputs = layer.inputs().stream().map(shapes::get).toList();
    shapes.put(layer.name(), checked(() -> layer.outputShape(inputs)));
    layers.add(layer);
    return layer.name();
  }

  /** What a layer or a network refuses is the file's fault. */
  private static <T> T checked(Supplier<? extends T> construction) throws ModelFileException {
    try {
      return construction.get();
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(Fields.shorten(e.getMessage(), MAX_REASON), e);
    } catch (ArithmeticException e) {
      throw new ModelFileException("the network is too large to be counted: " + e.getMessage(), e);
    }
  }

  Shape shape(String layer) {
    return shapes.get(layer);
  }

  /** True for the layer of the images themselves. */
  boolean isInput(String layer) {
    return layers.get(0).name().equals(layer);
  }

  /** Says which layer's output is the vertex's. */
  void end(String vertex, String layer) {
    ends.put(vertex, layer);
  }

  /** Layers whose outputs the vertex reads, in its order. */
  List<String> inputs(Vertex vertex) throws ModelFileException {
    List<String> inputs = new ArrayList<>();
    for (String name : vertex.inputs()) {
      String layer = ends.get(name);
      if (layer == null) {
        throw vertex.body().refusal("reads " + Fields.shorten(name) + ", which is not before it");
      }
      inputs.add(layer);
    }
    return inputs;
  }

  /** The head's logits: the layer is kept back to become the network's last. */
  void head(Vertex vertex, String name, String logits) throws ModelFileException {
    if (!vertex.name().equals(configuration.output())) {
      throw vertex.body().refusal(vertex.body().shortType() + " must be the network's output");
    }
    head = Optional.of(new Layer.Output(name, logits));
  }

  Network build() throws ModelFileException {
    if (head.isEmpty()) {
      throw new ModelFileException(
          "the network must end in an OutputLayer or a LossLayer with softmax, its output is "
              + Fields.shorten(configuration.output()));
    }
    add(head::get);
    return checked(() -> new Network(NAME, layers));
  }
}

package io.dimat.dl4j.zip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dimat.interchange.ModelFileException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code configuration.json} of either kind of DL4J network.
 *
 * @param input name of the images
 * @param vertices each behind those that it reads
 * @param storage names of the vertices, in the order in which their parameters are stored
 * @param output name of the vertex whose output is the network's
 */
record Configuration(String input, List<Vertex> vertices, List<String> storage, String output) {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NAME = 200;
  private static final String LAYER_VERTEX = "org.deeplearning4j.nn.conf.graph.LayerVertex";
  private static final String TOPOLOGICAL_ORDER = "topologicalOrderStr";
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads either kind.
   *
   * @throws ModelFileException if the text is no such configuration
   */
  static Configuration parse(byte[] json) throws ModelFileException {
    Fields root = new Fields("configuration.json", tree(json));
    if (root.node().has("vertices")) {
      return graph(root);
    }
    if (root.node().has("confs")) {
      return multiLayer(root);
    }
    throw root.refusal(
        "must describe a ComputationGraph or a MultiLayerNetwork, it has neither vertices nor"
            + " confs");
  }

  private static JsonNode tree(byte[] json) throws ModelFileException {
    try {
      return JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new ModelFileException(
          "configuration.json must be JSON: " + Fields.shorten(e.getOriginalMessage()), e);
    }
  }

  private static Configuration graph(Fields root) throws ModelFileException {
    String input = only(root, "networkInputs");
    String output = only(root, "networkOutputs");
    Fields stored = root.child("vertices");
    Fields edges = root.child("vertexInputs");
    Set<String> expected = new TreeSet<>(List.of(input));
    stored.node().fieldNames().forEachRemaining(expected::add);
    List<String> order = root.texts(TOPOLOGICAL_ORDER);
    root.require(
        order.size() == expected.size() && new TreeSet<>(order).equals(expected),
        TOPOLOGICAL_ORDER,
        "the input and every vertex once, as DL4J 1.0.0-M2.1 writes it");
    Map<String, Vertex> vertices = new LinkedHashMap<>();
    for (String name : definitionOrder(input, stored, edges).orElse(order)) {
      requireName(name);
      if (!name.equals(input)) {
        vertices.put(name, vertex(name, stored.child(name), edges.texts(name)));
      }
    }
    List<String> storage = order.stream().filter(vertices::containsKey).toList();
    return new Configuration(input, List.copyOf(vertices.values()), storage, output);
  }

  /**
   * The order in which the user added the vertices, if each comes behind those that it reads. DL4J
   * sorts them in its own way; without that, a network that was written comes back in its own
   * order, and its parameters in its own layout.
   */
  private static Optional<List<String>> definitionOrder(String input, Fields stored, Fields edges)
      throws ModelFileException {
    Set<String> seen = new LinkedHashSet<>(List.of(input));
    for (Map.Entry<String, JsonNode> vertex : stored.node().properties()) {
      if (!seen.containsAll(edges.texts(vertex.getKey()))) {
        return Optional.empty();
      }
      seen.add(vertex.getKey());
    }
    return Optional.of(List.copyOf(seen));
  }

  private static String only(Fields root, String key) throws ModelFileException {
    List<String> names = root.texts(key);
    root.require(names.size() == 1, key, "one name");
    return names.get(0);
  }

  private static Vertex vertex(String name, Fields stored, List<String> inputs)
      throws ModelFileException {
    Fields fields = new Fields("vertex " + name, stored.node());
    if (!fields.type().equals(LAYER_VERTEX)) {
      return new Vertex(name, fields, Optional.empty(), inputs);
    }
    Fields layer = fields.child("layerConf").child("layer");
    return new Vertex(name, layer, fields.optionalChild("preProcessor"), inputs);
  }

  /** A chain: every layer reads the one before it. */
  private static Configuration multiLayer(Fields root) throws ModelFileException {
    JsonNode confs = root.node().path("confs");
    root.require(confs.isArray() && !confs.isEmpty(), "confs", "an array of layers");
    Map<Integer, Fields> layers = new TreeMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < confs.size(); i++) {
      Fields layer = new Fields("layer " + i, confs.get(i)).child("layer");
      layers.put(i, layer);
      names.add(layerName(layer, i));
    }
    root.require(names.size() == layers.size(), "layerName", "another one for every layer");
    return chain(layers, List.copyOf(names), root.optionalChild("inputPreProcessors"));
  }

  private static Configuration chain(
      Map<Integer, Fields> layers, List<String> names, Optional<Fields> preProcessors)
      throws ModelFileException {
    String input = "input";
    while (names.contains(input)) {
      input += "_";
    }
    List<Vertex> vertices = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Fields body = new Fields("layer " + names.get(i), layers.get(i).node());
      Optional<Fields> before = Optional.empty();
      if (preProcessors.isPresent()) {
        before = preProcessors.get().optionalChild(Integer.toString(i));
      }
      String read = i == 0 ? input : names.get(i - 1);
      vertices.add(new Vertex(names.get(i), body, before, List.of(read)));
    }
    return new Configuration(input, vertices, names, names.get(names.size() - 1));
  }

  private static String layerName(Fields layer, int index) throws ModelFileException {
    if (!layer.node().hasNonNull("layerName")) {
      return "layer" + index;
    }
    requireName(layer.text("layerName"));
    return layer.text("layerName");
  }

  /** Names become those of parameters and stand in messages. */
  private static void requireName(String name) throws ModelFileException {
    boolean plain = !name.isBlank() && name.length() <= MAX_NAME;
    if (!plain || !Fields.isPrintable(name)) {
      throw new ModelFileException(
          "names must have 1 to "
              + MAX_NAME
              + " printable characters, got "
              + Fields.shorten(name));
    }
  }
}

package io.dimat.interchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dimat.conf.ConfigException;
import io.dimat.conf.ConfigTree;
import io.dimat.network.Network;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A network described layer by layer, in HOCON or JSON:
 *
 * <pre>
 * name = small
 * layers = [
 *   { kind = input, name = input, shape = [3, 32, 32] }
 *   { kind = conv2d, name = conv1, channels = 16, kernel = 3, padding = 1, bias = false }
 *   { kind = batch-norm, name = bn1 }
 *   { kind = activation, function = relu }
 *   { kind = global-average-pool }
 *   { kind = dense, name = linear, features = 10 }
 *   { kind = output }
 * ]
 * </pre>
 *
 * <p>A layer reads {@code input}, or {@code inputs} where it reads several; without it, the layer
 * before. A layer without {@code name} is called by its kind and its number. Parameters are named
 * after their layer as in a PyTorch state dict. Kinds and their keys: {@link LayerKinds}.
 */
public final class NetworkFile {
  private static final String NAME = "name";
  private static final String LAYERS = "layers";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private NetworkFile() {}

  /**
   * Reads a network.
   *
   * @throws ConfigException with all problems of the file, one line each
   */
  public static Network read(Path file) {
    return of(ConfigTree.read(file), file.toString());
  }

  /**
   * The network that {@code text} describes.
   *
   * @param origin what messages call it
   * @throws ConfigException as {@link #read}
   */
  public static Network parse(String text, String origin) {
    return of(ConfigTree.parse(text, origin), origin);
  }

  private static Network of(Map<String, Object> tree, String origin) {
    LayerList layers = new LayerList();
    TreeSet<String> unknown = new TreeSet<>(tree.keySet());
    unknown.removeAll(List.of(NAME, LAYERS));
    unknown.forEach(
        key -> layers.problem(OneLine.of(key) + " is not a key of a network; name, layers are"));
    boolean named = tree.get(NAME) instanceof String name && !name.isBlank();
    if (!named) {
      layers.problem("a network needs a name");
    }
    if (tree.get(LAYERS) instanceof List<?> entries) {
      entries.forEach(layers::add);
    } else {
      layers.problem("a network needs layers = [ ... ]");
    }
    return layers
        .network(String.valueOf(tree.get(NAME)))
        .orElseThrow(
            () ->
                new ConfigException(
                    layers.problems().stream().map(p -> origin + ": " + p).toList()));
  }

  /**
   * The network as JSON that {@link #parse} turns back into an equal one, a line for each layer.
   */
  public static String write(Network network) {
    LayerWriter writer = new LayerWriter();
    return network.layers().stream()
        .map(layer -> "    " + json(layer.accept(writer)))
        .collect(
            Collectors.joining(
                ",\n",
                "{\n  \"name\": " + json(network.name()) + ",\n  \"layers\": [\n",
                "\n  ]\n}\n"));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Layer.Activation;
import io.dimat.network.Layer.Activation.Function;
import java.util.Map;

/** Elementwise functions, stored inside the layer that they follow or as layers of their own. */
final class Activations {
  private static final String KEY = "activationFn";
  private static final String PACKAGE = "org.nd4j.linalg.activations.impl.";
  private static final String IDENTITY = PACKAGE + "ActivationIdentity";
  private static final String SOFTMAX = PACKAGE + "ActivationSoftmax";
  private static final String RELU = PACKAGE + "ActivationReLU";
  private static final Map<String, Function> FUNCTIONS =
      Map.of(RELU, Function.RELU, PACKAGE + "ActivationTanH", Function.TANH);

  private Activations() {}

  /** An {@code ActivationLayer}. */
  static void layer(NetworkBuilder network, Vertex vertex, String input) throws ModelFileException {
    network.end(vertex.name(), add(network, vertex, vertex.name(), input));
  }

  /** The function at the end of a layer, as a layer {@code X.activation} behind it. */
  static void after(NetworkBuilder network, Vertex vertex, String layer) throws ModelFileException {
    network.end(vertex.name(), add(network, vertex, vertex.name() + ".activation", layer));
  }

  private static String add(NetworkBuilder network, Vertex vertex, String name, String input)
      throws ModelFileException {
    Fields stored = vertex.body().child(KEY);
    if (stored.type().equals(IDENTITY)) {
      return input;
    }
    Function function = FUNCTIONS.get(stored.type());
    if (function == null) {
      throw stored.refusal(
          "its activation must be identity, ReLU or tanh (softmax in the head alone), got "
              + stored.shortType());
    }
    requirePlain(stored);
    String free = name.equals(vertex.name()) ? name : network.fresh(name);
    return network.add(() -> new Activation(free, input, function));
  }

  /** A ReLU can be stored with a bound, a slope and a threshold. */
  private static void requirePlain(Fields stored) throws ModelFileException {
    for (String key : new String[] {"max", "negativeSlope", "threshold"}) {
      boolean unset = !stored.node().hasNonNull(key);
      boolean zero = !key.equals("max") && stored.node().path(key).asDouble(1) == 0;
      stored.require(unset || zero, key, "unset (a plain ReLU)");
    }
  }

  static void requireSoftmax(Vertex vertex) throws ModelFileException {
    Fields stored = vertex.body().child(KEY);
    if (!stored.type().equals(SOFTMAX)) {
      throw stored.refusal("the head's activation must be softmax, got " + stored.shortType());
    }
  }
}

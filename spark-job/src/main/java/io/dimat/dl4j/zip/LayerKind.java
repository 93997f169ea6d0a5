package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;

/** A kind of vertex that is a DL4J layer: it reads one vertex, perhaps through a preprocessor. */
@FunctionalInterface
interface LayerKind {
  /**
   * Adds the layer.
   *
   * @param input what it reads, after the preprocessor
   */
  void add(NetworkBuilder network, Vertex vertex, String input) throws ModelFileException;

  /** This kind, with its preprocessor before it. */
  default Kind afterPreProcessor() {
    return (network, vertex, inputs) -> {
      if (inputs.size() != 1) {
        throw vertex
            .body()
            .refusal(vertex.body().shortType() + " must read one vertex, got " + inputs.size());
      }
      noteDropout(network, vertex);
      add(network, vertex, preProcessed(network, vertex, inputs.get(0)));
    };
  }

  private static String preProcessed(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    if (vertex.preProcessor().isEmpty()) {
      return input;
    }
    String name = network.fresh(vertex.name() + ".flatten");
    return PreProcessors.add(network, vertex.preProcessor().get(), name, input);
  }

  private static void noteDropout(NetworkBuilder network, Vertex vertex) {
    if (vertex.body().node().hasNonNull("idropout")) {
      network.note(vertex, "its dropout, which only acts in training, is left out");
    }
  }
}

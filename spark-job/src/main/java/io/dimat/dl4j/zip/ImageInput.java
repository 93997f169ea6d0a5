package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Layer;
import io.dimat.network.Shape;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Shape of a stored network's images. DL4J does not store it: where the first layer is a
 * convolution on images, only the number of channels is there, and the caller has to say the rest.
 */
final class ImageInput {
  private static final Set<String> DENSE =
      Set.of(
          "org.deeplearning4j.nn.conf.layers.DenseLayer",
          "org.deeplearning4j.nn.conf.layers.OutputLayer");

  private ImageInput() {}

  /**
   * Adds the input layer. Images of as many values as a stored network's input vector are flattened
   * for it.
   *
   * @param given what the caller says
   */
  static void add(NetworkBuilder network, Configuration configuration, Optional<Shape> given)
      throws ModelFileException {
    Optional<Shape> stored = stored(configuration);
    Shape shape =
        given
            .or(() -> stored)
            .orElseThrow(
                () ->
                    new ModelFileException(
                        "the file does not hold the height and width of its images: give"
                            + " --input CxHxW, or --network"));
    String images = network.add(() -> new Layer.Input(configuration.input(), shape));
    String read = images;
    if (stored.isPresent() && !stored.get().equals(shape)) {
      requireFlattened(stored.get(), shape);
      String flat = network.fresh(images + ".flatten");
      read = network.add(() -> new Layer.Flatten(flat, images));
    }
    network.end(images, read);
  }

  private static void requireFlattened(Shape stored, Shape given) throws ModelFileException {
    if (stored.positions() != 1
        || stored.channels() != (long) given.channels() * given.height() * given.width()) {
      throw new ModelFileException(
          "the input's shape must be the file's " + stored + ", got " + given);
    }
  }

  private static Optional<Shape> stored(Configuration configuration) throws ModelFileException {
    TreeMap<String, Shape> shapes = new TreeMap<>();
    for (Vertex vertex : configuration.vertices()) {
      if (vertex.inputs().contains(configuration.input())) {
        told(vertex).ifPresent(shape -> shapes.put(shape.toString(), shape));
      }
    }
    if (shapes.size() > 1) {
      throw new ModelFileException(
          "the layers that read the input must agree on its shape, got "
              + Fields.shorten(shapes.keySet().toString()));
    }
    return shapes.values().stream().findFirst();
  }

  /** What a reader of the images tells about them. */
  private static Optional<Shape> told(Vertex vertex) throws ModelFileException {
    if (vertex.preProcessor().isPresent()) {
      return Optional.of(PreProcessors.image(vertex.preProcessor().get()));
    }
    Optional<Fields> alone = vertex.body().optionalChild("preProcessor");
    if (alone.isPresent()) {
      return Optional.of(PreProcessors.image(alone.get()));
    }
    if (DENSE.contains(vertex.body().type())) {
      return Optional.of(Shape.vector(vertex.body().size("nin")));
    }
    return Optional.empty();
  }
}

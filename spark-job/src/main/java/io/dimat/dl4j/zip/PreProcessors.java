package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Layer;
import io.dimat.network.Shape;

/** The two changes of shape between images and vectors. */
final class PreProcessors {
  private static final String PACKAGE = "org.deeplearning4j.nn.conf.preprocessor.";
  private static final String TO_VECTOR = PACKAGE + "CnnToFeedForwardPreProcessor";
  private static final String TO_IMAGE = PACKAGE + "FeedForwardToCnnPreProcessor";

  private PreProcessors() {}

  /** The image that it reads or makes, either way of the same size. */
  static Shape image(Fields preProcessor) throws ModelFileException {
    requireKnown(preProcessor);
    preProcessor.requireTextOrNothing("format", "NCHW");
    return new Shape(
        preProcessor.size("numChannels"),
        preProcessor.size("inputHeight"),
        preProcessor.size("inputWidth"));
  }

  private static void requireKnown(Fields preProcessor) throws ModelFileException {
    String type = preProcessor.type();
    if (!type.equals(TO_VECTOR) && !type.equals(TO_IMAGE)) {
      throw preProcessor.refusal(
          "its preprocessor must be CnnToFeedForward or FeedForwardToCnn, got "
              + Fields.shorten(type));
    }
  }

  /**
   * Adds what the preprocessor does, and gives the layer to read instead of {@code input}.
   *
   * @param name of a layer to be added
   */
  static String add(NetworkBuilder network, Fields preProcessor, String name, String input)
      throws ModelFileException {
    Shape image = image(preProcessor);
    Shape read = network.shape(input);
    if (!image.equals(read)) {
      throw preProcessor.refusal(
          "its preprocessor must be for what it reads, got " + image + " where it reads " + read);
    }
    if (preProcessor.type().equals(TO_VECTOR)) {
      return network.add(() -> new Layer.Flatten(name, input));
    }
    if (!network.isInput(input)) {
      throw preProcessor.refusal("FeedForwardToCnnPreProcessor must read the network's input");
    }
    return input;
  }
}

package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Network;
import io.dimat.network.ParamSpec;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model that DL4J's {@code ModelSerializer} wrote.
 *
 * @param network layers named as in the file; a layer's own activation is {@code X.activation}
 * @param params of the network
 * @param notes what is otherwise here than in DL4J, one line each; may be empty
 */
public record StoredModel(Network network, ParamVector params, List<String> notes) {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final int MAX_CONFIGURATION_BYTES = 8 << 20;
  private static final long MAX_PARAMETERS = 500_000_000;

  public StoredModel {
    notes = List.copyOf(notes);
  }

  /**
   * Reads a {@code ComputationGraph} or {@code MultiLayerNetwork}. Updater state and entries
   * unknown here are not looked at. The configuration bounds how much of the parameters is read.
   *
   * @param input shape of the images, which most files of convolutional networks do not hold
   * @throws ModelFileException if the file is damaged, or holds what a network cannot express
   * @throws IOException if the file cannot be opened
   */
  public static StoredModel read(Path file, Optional<Shape> input) throws IOException {
    try (Archive archive = Archive.open(file)) {
      byte[] json = archive.read(CONFIGURATION, MAX_CONFIGURATION_BYTES, StoredModel::bytes);
      Configuration configuration = Configuration.parse(json);
      NetworkBuilder builder = new NetworkBuilder(configuration);
      ImageInput.add(builder, configuration, input);
      for (Vertex vertex : configuration.vertices()) {
        Kinds.add(builder, vertex);
      }
      Network network = builder.build();
      return new StoredModel(network, params(archive, builder, network), builder.notes());
    }
  }

  /** An entry may be longer than it says. */
  private static byte[] bytes(InputStream in) throws IOException {
    return in.readNBytes(MAX_CONFIGURATION_BYTES);
  }

  private static ParamVector params(Archive archive, NetworkBuilder builder, Network network)
      throws IOException {
    long count = builder.order().count(network.layout());
    if (count > MAX_PARAMETERS) {
      throw new ModelFileException(
          "a model must have at most " + MAX_PARAMETERS + " parameters, got " + count);
    }
    float[] stored =
        archive.read(
            COEFFICIENTS, Coefficients.maxBytes(count), in -> Coefficients.read(in, (int) count));
    ParamVector params = builder.order().arrange(network.layout(), stored);
    requireVariances(params);
    return params;
  }

  /** A decimal logarithm may be finite where the variance is not. */
  private static void requireVariances(ParamVector params) throws ModelFileException {
    for (ParamSlice slice : params.layout().slices()) {
      if (slice.name().endsWith("." + ParamSpec.RUNNING_VARIANCE)) {
        for (float variance : params.slice(slice.name())) {
          if (!Float.isFinite(variance) || variance < 0) {
            throw new ModelFileException(
                slice.name() + " must be finite and 0 or more, got " + variance);
          }
        }
      }
    }
  }
}

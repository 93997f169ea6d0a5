package io.dimat.dl4j;

import io.dimat.dl4j.zip.StoredModel;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** A model as the zip file that DL4J's {@code ModelSerializer} reads and writes. */
public final class ModelZip {
  private ModelZip() {}

  /**
   * Writes the model as a {@link StockGraph}, without updater state.
   *
   * @param target not closed
   */
  public static void write(Network network, ParamVector params, OutputStream target)
      throws IOException {
    ComputationGraph graph = StockGraph.of(network, params);
    try {
      ModelSerializer.writeModel(graph, target, false);
    } finally {
      graph.close();
    }
  }

  /**
   * Reads a user's own {@code ComputationGraph} or {@code MultiLayerNetwork} that knows the shape
   * of its images, because its first layer flattens them or makes images of vectors. See {@link
   * StoredModel#read}.
   */
  public static StoredModel read(Path file) throws IOException {
    return StoredModel.read(file, Optional.empty());
  }

  /**
   * Reads a user's own {@code ComputationGraph} or {@code MultiLayerNetwork}. See {@link
   * StoredModel#read}.
   *
   * @param input shape of the images
   */
  public static StoredModel read(Path file, Shape input) throws IOException {
    return StoredModel.read(file, Optional.of(input));
  }
}

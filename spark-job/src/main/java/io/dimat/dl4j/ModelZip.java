package io.dimat.dl4j;

import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.OutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** A model as the zip file that DL4J's {@code ModelSerializer} reads. */
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
}

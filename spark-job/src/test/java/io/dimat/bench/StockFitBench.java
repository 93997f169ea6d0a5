package io.dimat.bench;

import io.dimat.dl4j.StockGraph;
import io.dimat.network.Initialization;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What DL4J's own {@code ComputationGraph.fit} trains at, for comparison with {@link
 * TrainingBench}: {@code StockFitBench NETWORK BATCH STEPS}, after one step of warm-up.
 */
public final class StockFitBench {
  private StockFitBench() {}

  public static void main(String[] args) {
    Shape input = args[0].equals("cnn") ? new Shape(1, 28, 28) : new Shape(3, 32, 32);
    Network network = Zoo.create(args[0], new ZooOptions(input, 10, 1, Shortcut.CONV1X1));
    int batch = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[2]);
    ComputationGraph graph = StockGraph.of(network, Initialization.kaiming(network, 1));
    INDArray images = Nd4j.rand(batch, input.channels(), input.height(), input.width());
    INDArray labels = Nd4j.zeros(batch, 10);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % 10, 1);
    }
    DataSet data = new DataSet(images, labels);
    graph.fit(data);
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      graph.fit(data);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf(Locale.ROOT, "fit=%.1f%n", steps * batch / seconds);
  }
}

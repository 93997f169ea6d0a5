package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.learn.Batch;
import io.dimat.learn.RandomParams;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class StockGraphTest {
  @ParameterizedTest
  @MethodSource({"io.dimat.learn.SmallNetworks#ungrouped", "io.dimat.dl4j.OddNetworks#connected"})
  void write_restoredByModelSerializer_givesTheLearnersLogits(Network network) throws Exception {
    ParamVector params = RandomParams.of(network, 1);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelZip.write(network, params, zip);
    ComputationGraph graph =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip.toByteArray()));
    for (int images : new int[] {1, 4}) {
      Batch batch =
          new SyntheticImages(network.inputShape(), network.classes(), 0.5, 7).batch(images, 1);
      double[] logits = centred(logits(network, params, batch), network.classes());
      double largest = DoubleStream.of(logits).map(Math::abs).max().orElseThrow();
      assertThat(centred(logProbabilities(graph, batch), network.classes()))
          .containsExactly(logits, within(1e-5 * Math.max(1, largest)));
    }
    graph.close();
  }

  /** Random parameters make logits that a softmax in single precision has no room for. */
  @ParameterizedTest
  @MethodSource("io.dimat.dl4j.OddNetworks#largeZoo")
  void of_largeNetwork_givesTheLearnersLogits(Network network) {
    ParamVector params = RandomParams.of(network, 1);
    Batch batch = new SyntheticImages(network.inputShape(), network.classes(), 0.5, 7).batch(1, 1);
    ComputationGraph graph = StockGraph.of(network, params);
    String classifier = network.layers().get(network.layers().size() - 1).inputs().get(0);
    INDArray got = graph.feedForward(images(batch), false).get(classifier);
    double[] logits = logits(network, params, batch);
    double largest = DoubleStream.of(logits).map(Math::abs).max().orElseThrow();
    assertThat(got.dup('c').data().asDouble()).containsExactly(logits, within(1e-5 * largest));
    graph.close();
  }

  private static double[] logits(Network network, ParamVector params, Batch batch) {
    try (Dl4jLearner learner = new Dl4jLearner(network)) {
      learner.load(params);
      float[] logits = learner.logits(batch);
      return IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
    }
  }

  /** Log of the softmax, which differs from the logits by one number per image. */
  private static double[] logProbabilities(ComputationGraph graph, Batch batch) {
    INDArray probabilities = graph.outputSingle(images(batch));
    float[] values = probabilities.dup('c').data().asFloat();
    return IntStream.range(0, values.length).mapToDouble(i -> Math.log(values[i])).toArray();
  }

  private static INDArray images(Batch batch) {
    Shape shape = batch.shape();
    int[] axes = {batch.size(), shape.channels(), shape.height(), shape.width()};
    return Nd4j.create(batch.images(), axes, 'c');
  }

  /** Takes every row's mean out. */
  private static double[] centred(double[] values, int columns) {
    double[] centred = values.clone();
    for (int row = 0; row < values.length; row += columns) {
      double mean = DoubleStream.of(values).skip(row).limit(columns).average().orElseThrow();
      for (int c = 0; c < columns; c++) {
        centred[row + c] -= mean;
      }
    }
    return centred;
  }

  @Test
  void of_parametersOfAnotherNetwork_areRefused() {
    ParamVector foreign = RandomParams.of(SmallNetworks.residual(), 1);
    assertThatThrownBy(() -> StockGraph.of(SmallNetworks.mlp(), foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layout");
  }

  @Test
  void of_convolutionInGroups_isRefusedByName() {
    Network network = SmallNetworks.grouped();
    ParamVector params = RandomParams.of(network, 1);
    assertThatThrownBy(() -> StockGraph.of(network, params))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a DL4J graph has no convolution in groups, got layer pairs with 2 groups:"
                + " write safetensors");
  }
}

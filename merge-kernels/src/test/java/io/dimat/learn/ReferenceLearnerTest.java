package io.dimat.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceLearnerTest extends LearnerContractTest {
  @Override
  protected Learner create(Network network) {
    return new ReferenceLearner(network);
  }

  @Override
  protected double tolerance() {
    return 1e-6;
  }

  @Override
  protected double differenceStep() {
    return 0x1p-13;
  }

  @Override
  protected double differenceTolerance() {
    return 1e-6;
  }

  /** The small step stays on one side of every kink of these seeds. */
  @ParameterizedTest
  @MethodSource("io.dimat.learn.SmallNetworks#all")
  void gradient_withKinks_equalsCentralDifferences(Network network) {
    try (ReferenceLearner learner = new ReferenceLearner(network)) {
      requireCentralDifferences(learner, RandomParams.of(network, 5), images(network).batch(6, 1));
    }
  }

  @Test
  void features_ofTheLastLayer_areTheLogits() {
    Network network = SmallNetworks.branches();
    try (ReferenceLearner learner = new ReferenceLearner(network)) {
      learner.load(RandomParams.of(network, 1));
      Batch batch = images(network).batch(3, 1);
      double[] features = learner.features(batch, "out");
      float[] logits = learner.logits(batch);
      assertThat(features).hasSize(9);
      for (int i = 0; i < features.length; i++) {
        assertThat((float) features[i]).isEqualTo(logits[i]);
      }
    }
  }

  @Test
  void logits_imagesOfAnotherShape_areRefused() {
    try (ReferenceLearner learner = new ReferenceLearner(SmallNetworks.mlp())) {
      Batch batch = images(SmallNetworks.residual()).batch(2, 1);
      assertThatThrownBy(() -> learner.logits(batch))
          .hasMessage("mlp reads images of 1x4x3, got 2x7x6");
    }
  }

  @Test
  void evaluate_labelWithoutALogit_isRefused() {
    Network network = SmallNetworks.mlp();
    try (ReferenceLearner learner = new ReferenceLearner(network)) {
      Batch batch = new Batch(network.inputShape(), new float[12], new int[] {4});
      assertThatThrownBy(() -> learner.evaluate(Batches.of(batch)))
          .hasMessage("labels of 4 classes are 0 to 3, got 4");
    }
  }
}

package io.dimat.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.network.Network;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureTargetsTest {
  private static final double STEP = 0x1p-13;

  @Test
  void penalty_isTheWeightedMeanSquareOverImagesAndWidth() {
    FeatureTargets targets =
        FeatureTargets.none(2, 2)
            .with(.5, new float[] {0, 0, 0, 0})
            .with(2, new float[] {1, 2, 3, 4});
    double[] features = {1, 2, 3, 0};

    assertThat(targets.penalty(features)).isEqualTo(.5 * (1 + 4 + 9) / 4 + 2 * 16.0 / 4);
    assertThat(targets.slopes(features)).containsExactly(.25, .5, .75, -4);
  }

  @Test
  void with_anotherNumberOfValues_isRefused() {
    assertThatThrownBy(() -> FeatureTargets.none(2, 2).with(1, new float[3]))
        .hasMessage("a target has 4 values and a weight of at least 0, got 3 and 1.0");
  }

  @ParameterizedTest
  @MethodSource("io.dimat.learn.SmallNetworks#smooth")
  void gradient_towardsTargets_equalsCentralDifferences(Network network) {
    try (Learner learner = new ReferenceLearner(network)) {
      Batch batch = new SyntheticImages(network.inputShape(), network.classes(), .5, 3).batch(6, 1);
      ParamVector at = RandomParams.of(network, 1);
      FeatureTargets targets = targets(learner, batch);

      float[] gradient =
          learner.gradient(at, batch, targets, StatisticsPolicy.FROZEN).gradient().toArray();

      int k = 0;
      for (ParamSlice slice : at.layout().slices()) {
        for (int i = 0; slice.role() == Role.TRAINABLE && i < slice.length(); i++) {
          assertThat((double) gradient[k++])
              .as("%s[%d]", slice.name(), i)
              .isCloseTo(difference(learner, at, batch, targets, slice, i), within(1e-5));
        }
      }
      assertThat(k).isEqualTo(gradient.length);
    }
  }

  @Test
  void gradient_towardsTargets_lossIsCrossEntropyAndPenaltyOfTheFeatures() {
    Network network = SmallNetworks.residual();
    try (Learner learner = new ReferenceLearner(network)) {
      Batch batch = new SyntheticImages(network.inputShape(), network.classes(), .5, 3).batch(6, 1);
      ParamVector at = RandomParams.of(network, 1);
      FeatureTargets targets = targets(learner, batch);
      float[] features = learner.features(at, batch);
      double[] wide = new double[features.length];
      Arrays.setAll(wide, i -> features[i]);
      Gradient plain = learner.gradient(at, batch, StatisticsPolicy.UPDATED);

      Gradient pulled = learner.gradient(at, batch, targets, StatisticsPolicy.UPDATED);

      assertThat(features).hasSize(6 * 3);
      assertThat(targets.penalty(wide)).isPositive();
      assertThat(pulled.loss()).isCloseTo(plain.loss() + targets.penalty(wide), within(1e-6));
      assertThat(pulled.parameters()).isEqualTo(plain.parameters()).isNotEqualTo(at);
      assertThat(pulled.gradient()).isNotEqualTo(plain.gradient());
    }
  }

  private static FeatureTargets targets(Learner learner, Batch batch) {
    float[] others = learner.features(RandomParams.of(learner.network(), 8), batch);
    float[] more = learner.features(RandomParams.of(learner.network(), 9), batch);
    return FeatureTargets.none(batch.size(), others.length / batch.size())
        .with(.7, others)
        .with(.4, more);
  }

  private static double difference(
      Learner learner, ParamVector at, Batch batch, FeatureTargets t, ParamSlice slice, int i) {
    float value = at.slice(slice.name())[i];
    float above = (float) (value + STEP);
    float below = (float) (value - STEP);
    return (loss(learner, moved(at, slice, i, above), batch, t)
            - loss(learner, moved(at, slice, i, below), batch, t))
        / ((double) above - below);
  }

  private static ParamVector moved(ParamVector at, ParamSlice slice, int i, float value) {
    float[] tensor = at.slice(slice.name());
    tensor[i] = value;
    return at.with(slice.name(), tensor);
  }

  private static double loss(Learner learner, ParamVector at, Batch batch, FeatureTargets t) {
    return learner.gradient(at, batch, t, StatisticsPolicy.FROZEN).loss();
  }
}

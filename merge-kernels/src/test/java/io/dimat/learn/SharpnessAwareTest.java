package io.dimat.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import org.junit.jupiter.api.Test;

class SharpnessAwareTest {
  private final Network network = SmallNetworks.residual();
  private final Batch batch =
      new SyntheticImages(network.inputShape(), network.classes(), 0.5, 3).batch(6, 1);
  private final ParamVector at = RandomParams.of(network, 4);

  @Test
  void at_isTheGradientOneRadiusUphill() {
    try (Learner learner = new ReferenceLearner(network)) {
      ParamVector plain = learner.gradient(at, batch, StatisticsPolicy.FROZEN).gradient();
      ParamVector uphill = at.withTrainable(at.trainable().plus(0.05 / plain.norm(), plain));

      ParamVector sharp =
          new SharpnessAware(0.05).at(learner, at, batch, StatisticsPolicy.FROZEN).gradient();

      assertThat(sharp)
          .isEqualTo(learner.gradient(uphill, batch, StatisticsPolicy.FROZEN).gradient())
          .isNotEqualTo(plain);
      assertThat(uphill.squaredDistance(at)).isCloseTo(0.05 * 0.05, within(1e-6));
    }
  }

  @Test
  void at_statisticsUpdated_movesThemOnceFromWhereTheAgentStands() {
    try (Learner learner = new ReferenceLearner(network)) {
      Gradient plain = learner.gradient(at, batch, StatisticsPolicy.UPDATED);

      Gradient sharp = new SharpnessAware(0.5).at(learner, at, batch, StatisticsPolicy.UPDATED);

      assertThat(sharp.parameters()).isEqualTo(plain.parameters()).isNotEqualTo(at);
      assertThat(sharp.parameters().trainable()).isEqualTo(at.trainable());
      assertThat(sharp.loss()).isEqualTo(plain.loss());
    }
  }

  @Test
  void at_statisticsFrozen_movesNone() {
    try (Learner learner = new ReferenceLearner(network)) {
      Gradient sharp = new SharpnessAware(0.5).at(learner, at, batch, StatisticsPolicy.FROZEN);

      assertThat(sharp.parameters()).isEqualTo(at);
    }
  }

  @Test
  void at_noRadius_isThePlainGradient() {
    try (Learner learner = new ReferenceLearner(network)) {
      assertThat(new SharpnessAware(0).at(learner, at, batch, StatisticsPolicy.UPDATED))
          .isEqualTo(learner.gradient(at, batch, StatisticsPolicy.UPDATED));
    }
  }

  @Test
  void create_negativeRadius_isRefused() {
    assertThatThrownBy(() -> new SharpnessAware(-0.1))
        .hasMessage("SAM's radius must be at least 0, got -0.1");
  }
}

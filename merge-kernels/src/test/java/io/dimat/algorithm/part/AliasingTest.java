package io.dimat.algorithm.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.graph.MixingMatrix;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.Mixings;
import io.dimat.graph.Topology;
import io.dimat.graph.TopologyOptions;
import org.junit.jupiter.api.Test;

class AliasingTest {
  private static final MixingSchedule PERIOD_4 =
      Mixings.named("own", "one-peer-exponential", 16, TopologyOptions.seeded(1));

  @Test
  void refusal_commonFactor_saysWhichStepsAreMet() {
    assertThat(Aliasing.refusal(PERIOD_4, "gossip.period", k -> (k + 1) % 10 == 0))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains("got only steps [1, 3] of its 4")
                    .contains("gossip.period without a common factor with 4"));
  }

  @Test
  void refusal_noCommonFactor_isNone() {
    assertThat(Aliasing.refusal(PERIOD_4, "gossip.period", k -> (k + 1) % 5 == 0)).isEmpty();
    assertThat(Aliasing.refusal(PERIOD_4, "gossip.period", k -> true)).isEmpty();
  }

  @Test
  void refusal_constantMatrixOrFewExchanges_isNone() {
    MixingMatrix ring = MixingMatrix.metropolisHastings(Topology.ring(4));

    assertThat(Aliasing.refusal(ring, "gossip.period", k -> (k + 1) % 10 == 0)).isEmpty();
    assertThat(Aliasing.refusal(PERIOD_4, "gossip.period", k -> k == 9)).isEmpty();
  }
}

package io.dimat.algorithm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.ImageRuns;
import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.CommunicationSchedule;
import io.dimat.algorithm.part.CommunicationSchedule.Communication;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.protocol.Metric;
import io.dimat.testing.RoundTrip;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduledGossipTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));
  private static final MixingStrength FULL = MixingStrength.constant(1);
  private static final CommunicationSchedule ALWAYS = CommunicationSchedule.uniform(1);

  @Test
  void run_gossipAlways_isDecentralizedSgdBitForBit() {
    IterativeTraining training = Quadratics.training(0.1, 30);

    assertThat(Quadratics.het().models(plain(training, ALWAYS, FULL), RING, 2))
        .containsExactly(
            Quadratics.het()
                .models(
                    new DecentralizedSgd("dsgd", training, CombineOrder.ADAPT_THEN_COMBINE),
                    RING,
                    2));
  }

  @Test
  void run_never_everybodyFindsItsOwnMinimum() {
    double[] models =
        Quadratics.het()
            .models(
                plain(Quadratics.training(0.1, 600), CommunicationSchedule.never(), FULL), RING, 1);

    assertThat(models).containsExactly(Quadratics.het().b(), within(1e-9));
  }

  @Test
  void run_finallyGlobal_modelsAreEqualAndTheMeanOfThoseBefore() {
    IterativeTraining training = Quadratics.training(0.1, 20);
    CommunicationSchedule alone = CommunicationSchedule.never();

    double[] apart = Quadratics.het().models(plain(training, alone, FULL), RING, 2);
    double[] merged =
        Quadratics.het().models(plain(training, alone.finallyGlobal(40), FULL), RING, 2);

    assertThat(merged).containsOnly(merged[0]);
    assertThat(merged[0]).isCloseTo(Arrays.stream(apart).average().orElseThrow(), within(1e-14));
  }

  @Test
  void run_globalAlways_isCentralized() {
    CommunicationSchedule global = new Always(Communication.GLOBAL);

    double[] models =
        Quadratics.het().models(plain(Quadratics.training(0.1, 400), global, FULL), RING, 1);

    assertThat(Quadratics.het().worstError(models)).isLessThan(1e-12);
  }

  @Test
  void run_heavyBall_restsWhereDsgdOfTheEffectiveStepDoes() {
    ScheduledGossip program =
        new ScheduledGossip(
            "scheduled",
            Quadratics.training(0.01, 3000),
            new Momentum(0.9, Momentum.Style.HEAVY_BALL),
            ALWAYS,
            FULL);

    assertThat(Quadratics.het().meanSquaredError(Quadratics.het().models(program, RING, 1)))
        .isCloseTo(.28916506, within(1e-6));
  }

  @Test
  void run_halfStrength_isGossipWithTheLazyMatrix() {
    IterativeTraining training = Quadratics.training(0.1, 40);
    double[][] lazy = RING.toArray();
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 8; j++) {
        lazy[i][j] = lazy[i][j] / 2 + (i == j ? 0.5 : 0);
      }
    }

    assertThat(
            Quadratics.het().models(plain(training, ALWAYS, MixingStrength.constant(0.5)), RING, 2))
        .containsExactly(
            Quadratics.het()
                .models(plain(training, ALWAYS, FULL), MixingMatrix.of(Topology.ring(8), lazy), 2),
            within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void run_anySchedule_keepsTheMean(int every) {
    double[] models =
        Quadratics.same()
            .models(
                plain(
                    Quadratics.training(0.1, 10),
                    CommunicationSchedule.uniform(every).finallyGlobal(20),
                    MixingStrength.linear(1, 0.2, 15)),
                RING,
                2);

    assertThat(Arrays.stream(models).average().orElseThrow())
        .isCloseTo(3.5 * (1 - Math.pow(0.9, 20)), within(1e-12));
  }

  @Test
  void schedules_ofSixIterations_communicateWhereTheySay() {
    assertThat(of(CommunicationSchedule.uniform(3))).containsExactly("L", "L", "G", "L", "L", "G");
    assertThat(of(CommunicationSchedule.cycle(2, 1))).containsExactly("L", "L", "G", "L", "L", "G");
    assertThat(of(CommunicationSchedule.early(0.34, 6)))
        .containsExactly("G", "G", "L", "L", "L", "L");
    assertThat(of(CommunicationSchedule.late(0.34, 6)))
        .containsExactly("L", "L", "L", "L", "G", "G");
    assertThat(of(CommunicationSchedule.never().finallyGlobal(6)))
        .containsExactly("L", "L", "L", "L", "L", "A");
  }

  @Test
  void strength_linear_endsAtTheLast() {
    MixingStrength strength = MixingStrength.linear(1, 0.5, 10);

    assertThat(strength.at(0)).isEqualTo(1);
    assertThat(strength.at(5)).isEqualTo(0.75);
    assertThat(strength.at(100)).isEqualTo(0.5);
  }

  @Test
  void run_realNetwork_sameTwiceFiniteAndEqualAfterTheGlobalAverage() {
    ScheduledGossip program =
        RoundTrip.of(
            new ScheduledGossip(
                "scheduled",
                ImageRuns.training(3),
                new Momentum(0.9, Momentum.Style.NESTEROV),
                CommunicationSchedule.uniform(2).finallyGlobal(6),
                FULL));

    ImageRuns.Outcome outcome = ImageRuns.of(program);

    assertThat(outcome.finite()).isTrue();
    assertThat(ImageRuns.of(program).states()).isEqualTo(outcome.states());
    assertThat(outcome.states().get(0).vectors()).containsOnlyKeys("model", "momentum");
    assertThat(outcome.states().get(1).model()).isEqualTo(outcome.states().get(0).model());
    assertThat(outcome.metrics().get(0).values())
        .containsEntry(Metric.GLOBAL_AVERAGES, 1.0)
        .containsEntry(Metric.GOSSIP_ROUNDS, 1.0)
        .containsEntry(Metric.BYTES_SENT, 2.0 * 2 * 4 * ImageRuns.NETWORK.layout().size());
  }

  @Test
  void create_badSchedules_areRefusedInOneLine() {
    assertThatThrownBy(() -> CommunicationSchedule.uniform(0))
        .hasMessage("gossip is every 1 or more iterations, got 0");
    assertThatThrownBy(() -> CommunicationSchedule.late(1.5, 10))
        .hasMessage("a fraction of the run is in [0, 1], got 1.5");
    assertThatThrownBy(() -> CommunicationSchedule.cycle(1, 0))
        .hasMessage("a cycle has 0 or more local and 1 or more gossiping iterations, got 1 and 0");
    assertThatThrownBy(() -> MixingStrength.constant(-1))
        .hasMessage("a mixing strength is in [0, 1], got -1.0");
  }

  private static List<String> of(CommunicationSchedule schedule) {
    return LongStream.range(0, 6)
        .mapToObj(
            t ->
                switch (schedule.at(t)) {
                  case LOCAL -> "L";
                  case GOSSIP -> "G";
                  case GLOBAL -> "A";
                })
        .toList();
  }

  private static ScheduledGossip plain(
      IterativeTraining training, CommunicationSchedule schedule, MixingStrength strength) {
    return new ScheduledGossip("scheduled", training, Momentum.NONE, schedule, strength);
  }

  private record Always(Communication what) implements CommunicationSchedule {
    @Override
    public Communication at(long iteration) {
      return what;
    }

    @Override
    public long most(long iterations) {
      return iterations;
    }
  }

  @Test
  void most_schedules_countsTheFullestStretch() {
    assertThat(CommunicationSchedule.uniform(3).most(7)).isEqualTo(3);
    assertThat(CommunicationSchedule.cycle(2, 3).most(7)).isEqualTo(3 + 2);
    assertThat(CommunicationSchedule.late(0.5, 10).most(7)).isEqualTo(5);
    assertThat(CommunicationSchedule.never().finallyGlobal(10).most(7)).isEqualTo(1);
  }

  @Test
  void traffic_localSgd_isThatOfItsExchanges() {
    ScheduledGossip program =
        plain(Quadratics.training(0.1, 20), CommunicationSchedule.uniform(10), FULL);

    assertThat(program.bytesPerNeighbor(Quadratics.het().layout()))
        .isEqualTo(2L * Double.BYTES * Quadratics.het().layout().size());
  }
}

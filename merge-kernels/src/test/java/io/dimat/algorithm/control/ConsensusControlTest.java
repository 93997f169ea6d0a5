package io.dimat.algorithm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.ImageRuns;
import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.SpectralGap;
import io.dimat.graph.Topology;
import io.dimat.protocol.Metric;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConsensusControlTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));
  private static final DisagreementTarget NEVER = new DisagreementTarget.Absolute(0);

  @ParameterizedTest
  @CsvSource({"PLAIN, 120", "CHEBYSHEV, 45"})
  void run_targetZeroAndManyRounds_isCentralized(GossipAcceleration acceleration, int most) {
    ConsensusControl program = control(0.5, 60, NEVER, acceleration, most);
    for (Quadratics problem : new Quadratics[] {Quadratics.same(), Quadratics.het()}) {
      assertThat(problem.worstError(problem.models(program, RING, 1))).isLessThan(1e-9);
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_oneRoundOrLargeTarget_isDecentralizedSgdBitForBit(GossipAcceleration acceleration) {
    double[] plain =
        Quadratics.het()
            .models(
                new DecentralizedSgd(
                    "dsgd", Quadratics.training(0.1, 40), CombineOrder.ADAPT_THEN_COMBINE),
                RING,
                2);

    assertThat(Quadratics.het().models(control(0.1, 40, NEVER, acceleration, 1), RING, 2))
        .containsExactly(plain);
    assertThat(
            Quadratics.het()
                .models(
                    control(0.1, 40, new DisagreementTarget.Absolute(1e9), acceleration, 9),
                    RING,
                    2))
        .containsExactly(plain);
  }

  @ParameterizedTest
  @EnumSource
  void run_anyTarget_consensusDistanceIsWithinIt(GossipAcceleration acceleration) {
    for (double distance : new double[] {1, 0.1, 0.01}) {
      double[] models =
          Quadratics.het()
              .models(
                  control(0.1, 50, new DisagreementTarget.Absolute(distance), acceleration, 200),
                  RING,
                  1);

      assertThat(consensusDistance(models)).isLessThanOrEqualTo(distance);
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_manyRounds_keepTheMean(GossipAcceleration acceleration) {
    double[] models =
        Quadratics.same()
            .models(
                control(0.1, 20, new DisagreementTarget.Absolute(.05), acceleration, 30), RING, 1);

    assertThat(Arrays.stream(models).average().orElseThrow())
        .isCloseTo(3.5 * (1 - Math.pow(0.9, 20)), within(1e-12));
  }

  @Test
  void chebyshev_manyRounds_shrinksAsFastAsThePolynomialSays() {
    double rho = SpectralGap.of(RING).slem();
    for (int rounds : new int[] {1, 2, 5, 20}) {
      double[] models =
          Quadratics.same()
              .models(control(1, 1, NEVER, GossipAcceleration.CHEBYSHEV, rounds), RING, 1);

      double before = consensusDistance(Quadratics.same().b());
      assertThat(consensusDistance(models))
          .isLessThanOrEqualTo(
              before * GossipAcceleration.CHEBYSHEV.shrink(rounds, rho) * (1 + 1e-9));
    }
    assertThat(GossipAcceleration.CHEBYSHEV.shrink(20, rho)).isLessThan(Math.pow(rho, 40));
  }

  @Test
  void run_realNetwork_sameTwiceFiniteAndRoundsAreCounted() {
    ConsensusControl program =
        new ConsensusControl(
            "consensus-control",
            ImageRuns.training(3),
            new Momentum(0.9, Momentum.Style.NESTEROV),
            new DisagreementTarget.Proportional(0.1),
            GossipAcceleration.CHEBYSHEV,
            4);

    ImageRuns.Outcome outcome = ImageRuns.of(program);

    assertThat(outcome.finite()).isTrue();
    assertThat(ImageRuns.of(program).states()).isEqualTo(outcome.states());
    assertThat(outcome.states().get(0).vectors()).containsOnlyKeys("model", "momentum");
    assertThat(outcome.states().get(0).scalars()).containsOnlyKeys("rho", "gradient-norm");
    double rounds = outcome.metrics().get(0).values().get(Metric.GOSSIP_ROUNDS);
    assertThat(rounds).isBetween(3.0, 12.0);
    assertThat(outcome.metrics().get(0).values())
        .containsEntry(Metric.CONTROL_BYTES, 16 * rounds)
        .containsEntry(Metric.BYTES_SENT, rounds * 2 * 4 * ImageRuns.NETWORK.layout().size());
  }

  @Test
  void target_early_endsInItsIteration() {
    DisagreementTarget target =
        new DisagreementTarget.Early(new DisagreementTarget.Proportional(0.5), 10);

    assertThat(target.at(9, 0.1, 3)).isCloseTo(0.15, within(1e-15));
    assertThat(target.at(10, 0.1, 3)).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void create_noRounds_isRefused() {
    assertThatThrownBy(() -> control(0.1, 1, NEVER, GossipAcceleration.PLAIN, 0))
        .hasMessage("an iteration has at least 1 gossip round, got most = 0");
  }

  private static double consensusDistance(double[] models) {
    double mean = Arrays.stream(models).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(models).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }

  private static ConsensusControl control(
      double rate,
      int steps,
      DisagreementTarget target,
      GossipAcceleration acceleration,
      int most) {
    return new ConsensusControl(
        "consensus-control",
        Quadratics.training(rate, steps),
        Momentum.NONE,
        target,
        acceleration,
        most);
  }
}

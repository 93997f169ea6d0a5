package io.dimat.algorithm.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.merging.DimatAmsgrad;
import io.dimat.algorithm.merging.PeriodicMerge;
import io.dimat.algorithm.part.Amsgrad;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.merge.BatchNormPolicy;
import io.dimat.merge.Finish;
import io.dimat.merge.WeightAveraging;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import java.util.Arrays;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** D-AMSGrad and DAdam on the line of algorithms.md, section 8.2, that tells them apart. */
class DecentralizedAmsgradTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));
  private static final Amsgrad AMSGRAD = new Amsgrad(0.9, 0.999, 1, 1e-12);

  private final Quadratics problem = Quadratics.het();

  @ParameterizedTest
  @CsvSource({"1, .0594", "10, .0172", "100, .0054"})
  void dAmsgrad_fallingRate_comesToTheOptimum(int rounds, double expected) {
    double[] models =
        problem.models(new DecentralizedAmsgrad("d-amsgrad", falling(2000), AMSGRAD), RING, rounds);

    assertThat(problem.worstError(models)).isCloseTo(expected, within(5e-5));
  }

  @ParameterizedTest
  @CsvSource({"1, -.826", "10, -.837", "100, -.840"})
  void dAdam_fallingRate_restsElsewhere(int rounds, double expected) {
    double[] models = problem.models(dAdam(falling(2000), 1), RING, rounds);

    assertThat(Arrays.stream(models).average().orElseThrow() - problem.optimum())
        .isCloseTo(expected, within(1e-3));
  }

  @Test
  void dAmsgrad_auxiliary_sumsToTheLargestMoments() {
    SortedMap<Integer, AgentState> states =
        problem.run(new DecentralizedAmsgrad("d-amsgrad", falling(37), AMSGRAD), RING, 1);

    assertThat(sum(states, "auxiliary-moment"))
        .isCloseTo(sum(states, "largest-moment"), within(1e-10));
    assertThat(states.get(0).vectors())
        .containsOnlyKeys(
            "model", "first-moment", "second-moment", "largest-moment", "auxiliary-moment");
  }

  @Test
  void dimatAmsgrad_averagingEveryIteration_isDAmsgrad() {
    PeriodicMerge averaging =
        new PeriodicMerge(
            new WeightAveraging(),
            new Finish(Finish.ScaleCorrection.NONE, BatchNormPolicy.AVERAGE),
            1);
    AgentProgram dimat =
        new DimatAmsgrad(
            "dimat-amsgrad", falling(40), AMSGRAD, averaging, CombineOrder.COMBINE_THEN_ADAPT);
    AgentProgram plain = new DecentralizedAmsgrad("d-amsgrad", falling(40), AMSGRAD);

    assertThat(problem.run(dimat, RING, 2)).isEqualTo(problem.run(plain, RING, 2));
  }

  /** Without the auxiliary variable the mean alone is 0.83 off. */
  @ParameterizedTest
  @EnumSource(CombineOrder.class)
  void dimatAmsgrad_averagingNowAndThen_keepsTheSumAndIsNotTrappedElsewhere(CombineOrder order) {
    PeriodicMerge averaging =
        new PeriodicMerge(
            new WeightAveraging(),
            new Finish(Finish.ScaleCorrection.NONE, BatchNormPolicy.AVERAGE),
            3);
    AgentProgram dimat = new DimatAmsgrad("dimat-amsgrad", falling(500), AMSGRAD, averaging, order);

    SortedMap<Integer, AgentState> states = problem.run(dimat, RING, 8);

    assertThat(sum(states, "auxiliary-moment"))
        .isCloseTo(sum(states, "largest-moment"), within(1e-9));
    assertThat(
            problem.worstError(
                states.values().stream().mapToDouble(state -> state.model().at(0)).toArray()))
        .isLessThan(0.2);
  }

  @Test
  void dAdam_period_isCountedOverTheRun() {
    assertThat(problem.models(dAdam(falling(7), 3), RING, 6))
        .isEqualTo(problem.models(dAdam(falling(42), 3), RING, 1));
  }

  @Test
  void dAdam_periodBeyondTheRun_agentsStayAlone() {
    double[] models = problem.models(dAdam(falling(2000), 2001), RING, 1);

    assertThat(models).containsExactly(problem.b(), within(1e-3));
  }

  @Test
  void amsgrad_noInitialMoment_isRefused() {
    assertThatThrownBy(() -> new Amsgrad(0.9, 0.999, 0, 1e-8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("initial moment and floor above 0, got 0.0");
  }

  private static AgentProgram dAdam(IterativeTraining training, int period) {
    DecentralizedAdam.Decay decay = new DecentralizedAdam.Decay(0.9, 0.999, 0);
    return new DecentralizedAdam("dadam", training, decay, 1e-8, period);
  }

  /** {@code eta = .5 / sqrt(t)}, t = 1, 2, ... */
  private static IterativeTraining falling(int steps) {
    return Quadratics.training(k -> 0.5 / Math.sqrt(k + 1.0), GradientOracle.PLAIN, steps);
  }

  private static double sum(SortedMap<Integer, AgentState> states, String vector) {
    return states.values().stream().mapToDouble(state -> state.vector(vector).at(0)).sum();
  }
}

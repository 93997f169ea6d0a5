package io.dimat.algorithm.heterogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradient tracking and Momentum Tracking. */
class TrackingTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));
  private static final LearningRate STEPPED = iteration -> iteration < 500 ? .05 : .02;

  static Stream<AgentProgram> exact() {
    return Stream.concat(
        Stream.of(.03, .05).flatMap(rate -> programs(LearningRate.constant(rate))),
        programs(STEPPED));
  }

  private static Stream<AgentProgram> programs(LearningRate rate) {
    IterativeTraining training = Quadratics.training(rate, GradientOracle.PLAIN, 1000);
    return Stream.of(
        new GradientTracking("dsgt", training), new MomentumTracking("mt", training, .5));
  }

  @ParameterizedTest
  @MethodSource("exact")
  void run_anyRate_restsAtTheOptimum(AgentProgram program) {
    assertThat(error(Quadratics.het(), program)).isLessThan(1e-12);
  }

  @Test
  void run_momentumOfNineTenths_restsAtTheOptimum() {
    MomentumTracking program = new MomentumTracking("mt", Quadratics.training(.02, 1000), .9);

    assertThat(error(Quadratics.het(), program)).isLessThan(1e-12);
  }

  @Test
  void gradientTracking_correctionForm_isThePublishedRecursion() {
    Quadratics problem = Quadratics.het();
    double[] x = new double[8];
    double[] g = gradient(problem, x);
    double[] y = g;
    for (int t = 1; t < 15; t++) {
      x = mixed(axpy(x, -STEPPED.at(t - 1), y));
      IterativeTraining training = Quadratics.training(STEPPED, GradientOracle.PLAIN, 1);
      assertThat(problem.models(new GradientTracking("dsgt", training), RING, t))
          .containsExactly(x, within(1e-12));

      double[] next = gradient(problem, x);
      y = axpy(axpy(mixed(y), 1, next), -1, g);
      g = next;
      assertThat(Arrays.stream(y).sum()).isCloseTo(Arrays.stream(g).sum(), within(1e-11));
    }
  }

  static Stream<AgentProgram> tracked() {
    IterativeTraining training = Quadratics.training(STEPPED, GradientOracle.PLAIN, 3);
    return Stream.of(
        new GradientTracking("dsgt", training), new MomentumTracking("mt", training, .9));
  }

  @ParameterizedTest
  @MethodSource("tracked")
  void run_anyIteration_trackersSumToWhatTheyTrack(AgentProgram program) {
    for (int rounds : new int[] {1, 2, 100}) {
      SortedMap<Integer, AgentState> states = Quadratics.het().run(program, RING, rounds);

      double[] corrections =
          states.values().stream()
              .mapToDouble(state -> state.vector(GradientTracking.CORRECTION).at(0))
              .toArray();
      assertThat(Arrays.stream(corrections).sum()).isCloseTo(0, within(1e-12));
      assertThat(Arrays.stream(corrections).map(Math::abs).max().orElseThrow()).isGreaterThan(1e-3);
    }
  }

  @Test
  void new_momentumOfOne_isRefused() {
    assertThatThrownBy(() -> new MomentumTracking("mt", Quadratics.training(.1, 1), 1))
        .hasMessage("momentum is in [0, 1), got 1.0");
  }

  private static double error(Quadratics problem, AgentProgram program) {
    return problem.worstError(problem.models(program, RING, 2));
  }

  private static double[] gradient(Quadratics problem, double[] x) {
    return IntStream.range(0, x.length)
        .mapToDouble(i -> problem.a()[i] * (x[i] - problem.b()[i]))
        .toArray();
  }

  private static double[] axpy(double[] x, double factor, double[] y) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i] + factor * y[i]).toArray();
  }

  private static double[] mixed(double[] x) {
    return IntStream.range(0, x.length)
        .mapToDouble(
            i -> IntStream.range(0, x.length).mapToDouble(j -> RING.weight(i, j) * x[j]).sum())
        .toArray();
  }
}

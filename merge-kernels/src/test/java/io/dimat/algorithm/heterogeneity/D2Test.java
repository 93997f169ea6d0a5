package io.dimat.algorithm.heterogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Graphs;
import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.protocol.AgentState;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class D2Test {
  private static final MixingMatrix TORUS = MixingMatrix.metropolisHastings(Graphs.torus(4));

  /** The rounding errors of every mixing add up in the corrections: 1e-12 is out of reach. */
  private static final double ROUNDED = 1e-10;

  @ParameterizedTest
  @ValueSource(doubles = {.02, .05})
  void run_lazyRing_restsAtTheOptimum(double rate) {
    D2 program = new D2("d2", Quadratics.training(rate, 1000), Momentum.NONE);

    assertThat(errors(Quadratics.same(), program, 2)).isLessThan(ROUNDED);
    assertThat(errors(Quadratics.het(), program, 2)).isLessThan(ROUNDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAVY_BALL", "NESTEROV"})
  void run_momentumAndChangingRate_restsAtTheOptimum(String style) {
    Momentum momentum = new Momentum(.5, Momentum.Style.valueOf(style));
    LearningRate rate = iteration -> iteration < 300 ? .02 : .01;
    D2 program = new D2("d2", Quadratics.training(rate, GradientOracle.PLAIN, 1000), momentum);

    assertThat(errors(Quadratics.het(), program, 3)).isLessThan(ROUNDED);
  }

  @Test
  void run_correctionForm_isTheThreeTermRecursion() {
    MixingMatrix mixing = Graphs.lazyRing();
    Quadratics problem = Quadratics.het();
    double[] before = new double[8];
    double[] now = mixed(mixing, descended(problem, before, .05));
    for (int t = 1; t < 15; t++) {
      D2 program = new D2("d2", Quadratics.training(.05, 1), Momentum.NONE);
      assertThat(problem.models(program, mixing, t)).containsExactly(now, within(1e-12));

      double[] stepOfNow = descended(problem, now, .05);
      double[] stepBefore = descended(problem, before, .05);
      double[] then = now;
      now =
          mixed(
              mixing,
              IntStream.range(0, 8)
                  .mapToDouble(i -> stepOfNow[i] + then[i] - stepBefore[i])
                  .toArray());
      before = then;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 50})
  void run_anyIteration_correctionsSumToZero(int rounds) {
    D2 program = new D2("d2", Quadratics.training(.05, 3), Momentum.NONE);

    SortedMap<Integer, AgentState> states =
        Quadratics.het().run(program, Graphs.lazyRing(), rounds);

    double[] corrections =
        states.values().stream().mapToDouble(s -> s.vector(D2.CORRECTION).at(0)).toArray();
    assertThat(Arrays.stream(corrections).sum()).isCloseTo(0, within(1e-12));
    assertThat(Arrays.stream(corrections).map(Math::abs).max().orElseThrow()).isGreaterThan(1e-3);
  }

  @Test
  void plan_metropolisHastingsOnTorus_isRefusedWithTheEigenvalue() {
    D2 program = new D2("d2", Quadratics.training(.05, 1), Momentum.NONE);

    assertThatThrownBy(() -> sixteen().run(program, TORUS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("D2 needs all eigenvalues of W above -1/3, got -0.6000 on");
  }

  @Test
  void plan_evenRingOfThirds_isRefusedOnTheBound() {
    D2 program = new D2("d2", Quadratics.training(.05, 1), Momentum.NONE);
    MixingMatrix ring = MixingMatrix.metropolisHastings(Topology.ring(8));

    assertThatThrownBy(() -> Quadratics.het().run(program, ring, 1))
        .hasMessageContaining("got -0.3333");
  }

  @Test
  void run_torusDespiteTheRequirement_divergesAndLazyDoesNot() {
    D2 program = new D2("d2", Quadratics.training(.05, 300), Momentum.NONE);
    D2 longer = new D2("d2", Quadratics.training(.05, 2000), Momentum.NONE);

    double[] diverged = sixteen().models(new Graphs.Unchecked(program), TORUS, 1);

    assertThat(sixteen().worstError(diverged)).isGreaterThan(1e30);
    assertThat(sixteen().worstError(sixteen().models(longer, Graphs.lazy(TORUS), 1)))
        .isLessThan(ROUNDED);
  }

  /** Uneven minima: not orthogonal to the torus's eigenvector of -0.6. */
  private static Quadratics sixteen() {
    double[] a = IntStream.range(0, 16).mapToDouble(i -> i % 3 == 0 ? .5 : 1).toArray();
    double[] b = IntStream.range(0, 16).mapToDouble(i -> (i * i) % 7).toArray();
    return new Quadratics(a, b, 1);
  }

  private static double errors(Quadratics problem, D2 program, int rounds) {
    return problem.worstError(problem.models(program, Graphs.lazyRing(), rounds));
  }

  private static double[] descended(Quadratics problem, double[] x, double rate) {
    return IntStream.range(0, x.length)
        .mapToDouble(i -> x[i] - rate * problem.a()[i] * (x[i] - problem.b()[i]))
        .toArray();
  }

  private static double[] mixed(MixingMatrix mixing, double[] x) {
    return IntStream.range(0, x.length)
        .mapToDouble(
            i -> IntStream.range(0, x.length).mapToDouble(j -> mixing.weight(i, j) * x[j]).sum())
        .toArray();
  }
}

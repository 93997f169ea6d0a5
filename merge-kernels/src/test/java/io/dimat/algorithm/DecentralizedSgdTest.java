package io.dimat.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fixed points of algorithms.md, section 8.2: ring of 8, thirds, exact gradients. */
class DecentralizedSgdTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));

  @ParameterizedTest
  @CsvSource({".1, .29333262", ".05, .10032603", ".025, .02995745"})
  void adaptThenCombine_sameCurvature_restsAtTheClosedForm(double rate, double expected) {
    Quadratics problem = Quadratics.same();

    double[] models = rest(problem, rate, CombineOrder.ADAPT_THEN_COMBINE);

    assertThat(problem.meanSquaredError(models)).isCloseTo(expected, within(1e-8));
    assertThat(Arrays.stream(models).average().orElseThrow()).isCloseTo(3.5, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({".1, .28916506, -.04248", ".05, .09698763, -.02475", ".025, .02864918, -.01351"})
  void adaptThenCombine_differentCurvature_isBiased(double rate, double expected, double bias) {
    Quadratics problem = Quadratics.het();

    double[] models = rest(problem, rate, CombineOrder.ADAPT_THEN_COMBINE);

    assertThat(problem.meanSquaredError(models)).isCloseTo(expected, within(1e-8));
    assertThat(Arrays.stream(models).average().orElseThrow() - problem.optimum())
        .isCloseTo(bias, within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({
    ".1, .41368100, .40473493",
    ".05, .14812745, .14463890",
    ".025, .04564538, .04460577"
  })
  void combineThenAdapt_bothProblems_restAtTheClosedForm(double rate, double same, double het) {
    CombineOrder order = CombineOrder.COMBINE_THEN_ADAPT;

    assertThat(Quadratics.same().meanSquaredError(rest(Quadratics.same(), rate, order)))
        .isCloseTo(same, within(1e-8));
    assertThat(Quadratics.het().meanSquaredError(rest(Quadratics.het(), rate, order)))
        .isCloseTo(het, within(1e-8));
  }

  private static double[] rest(Quadratics problem, double rate, CombineOrder order) {
    DecentralizedSgd program = new DecentralizedSgd("dsgd", Quadratics.training(rate, 500), order);
    return problem.models(program, RING, 8);
  }
}

package io.dimat.algorithm.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.Batch;
import io.dimat.learn.Gradient;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.Learner;
import io.dimat.learn.StatisticsPolicy;
import io.dimat.protocol.AgentState;
import io.dimat.tensor.ParamVector;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
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

  /** Gradients with noise of variance 1 in every coordinate. */
  private static final class Noisy implements GradientOracle {
    private static final long serialVersionUID = 1L;

    private final Random random = new Random(5);

    @Override
    public Gradient at(Learner learner, ParamVector at, Batch batch, StatisticsPolicy statistics) {
      Gradient exact = GradientOracle.PLAIN.at(learner, at, batch, statistics);
      return new Gradient(
          exact.loss(), exact.gradient().map(g -> g + random.nextGaussian()), exact.parameters());
    }

    @Override
    public int passes() {
      return 1;
    }
  }

  /** {@code 1/n sum over eigenvalues other than 1 of (eta l)^2 / (1 - l^2 (1 - eta)^2)}. */
  @Test
  void noisyGradients_consensusDistance_hasItsFloor() {
    int dimensions = 2_000;
    Quadratics problem =
        new Quadratics(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, new double[8], dimensions);
    DecentralizedSgd program =
        new DecentralizedSgd(
            "dsgd",
            Quadratics.training(LearningRate.constant(0.05), new Noisy(), 150),
            CombineOrder.ADAPT_THEN_COMBINE);

    List<ParamVector> models =
        problem.run(program, RING, 1).values().stream().map(AgentState::model).toList();

    ParamVector mean = ParamVector.weightedSum(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, models);
    double squares =
        models.stream()
            .mapToDouble(x -> x.squaredDistance(mean.times(1.0 / 8)))
            .average()
            .orElse(0);
    assertThat(squares / dimensions).isCloseTo(.001102, within(.00006));
  }
}

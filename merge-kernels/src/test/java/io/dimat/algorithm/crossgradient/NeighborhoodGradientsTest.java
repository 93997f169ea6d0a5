package io.dimat.algorithm.crossgradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.SmallRun;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.GossipStep;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.algorithm.part.MomentumScope;
import io.dimat.compress.Blocks;
import io.dimat.compress.ScaledSign;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.SharpnessAware;
import io.dimat.protocol.Metric;
import java.util.Arrays;
import org.apache.commons.math3.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed forms on the ring of 8 with weights 1/3, where pi is the mixing weight. */
class NeighborhoodGradientsTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));
  private static final GossipStep PLAIN = new GossipStep(Momentum.NONE, MomentumScope.LOCAL, 1);

  /** comm_i = x_i - (W b)_i: plain gradients of minima that are mixed once. */
  @Test
  void run_dataVariantSameCurvature_isDsgdOfMixedMinima() {
    Quadratics problem = Quadratics.same();
    Quadratics mixed = new Quadratics(problem.a(), mix(problem.b()), 1);

    double[] models = problem.models(ngc(Quadratics.training(.1, 20), PLAIN, 1), RING, 2);

    assertThat(models)
        .containsExactly(mixed.models(dsgd(Quadratics.training(.1, 20)), RING, 2), within(1e-12));
  }

  /** comp_i = (W x)_i - b_i: the mixed models rest where adapt-then-combine rests. */
  @ParameterizedTest
  @CsvSource({".1, .29333262", ".05, .10032603", ".025, .02995745"})
  void run_modelVariantSameCurvature_mixedModelsRestAtTheClosedForm(double rate, double expected) {
    Quadratics problem = Quadratics.same();

    double[] models = problem.models(ngc(Quadratics.training(rate, 250), PLAIN, 0), RING, 6);

    assertThat(problem.meanSquaredError(mix(models))).isCloseTo(expected, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .3, 1})
  void run_oneSharedLoss_isDsgd(double alpha) {
    double[] curvatures = new double[8];
    double[] minima = new double[8];
    Arrays.fill(curvatures, .7);
    Arrays.fill(minima, 3);
    Quadratics shared = new Quadratics(curvatures, minima, 2);
    IterativeTraining training = Quadratics.training(.1, 10);

    assertThat(shared.models(ngc(training, PLAIN, alpha), RING, 1))
        .containsExactly(shared.models(dsgd(training), RING, 1), within(1e-12));
  }

  @Test
  void run_alphaBetween_isTheMeanOfBothParts() {
    Quadratics problem = Quadratics.het();
    IterativeTraining training = Quadratics.training(.1, 1);
    double[] first = problem.models(ngc(training, PLAIN, 0), RING, 1);
    double[] second = problem.models(ngc(training, PLAIN, 1), RING, 1);
    double[] between = problem.models(ngc(training, PLAIN, .25), RING, 1);

    for (int i = 0; i < 8; i++) {
      assertThat(between[i]).isCloseTo(.75 * first[i] + .25 * second[i], within(1e-12));
    }
  }

  @Test
  void run_quasiGlobalMomentum_restsWhereNoMomentumRests() {
    GossipStep quasiGlobal =
        new GossipStep(new Momentum(.9, Momentum.Style.HEAVY_BALL), MomentumScope.QUASI_GLOBAL, 1);
    GossipStep nesterov =
        new GossipStep(new Momentum(.9, Momentum.Style.NESTEROV), MomentumScope.QUASI_GLOBAL, 1);

    double[] models =
        Quadratics.het().models(ngc(Quadratics.training(.05, 250), quasiGlobal, 1), RING, 6);
    double[] ahead =
        Quadratics.het().models(ngc(Quadratics.training(.05, 250), nesterov, 1), RING, 6);

    assertThat(models)
        .containsExactly(rest(.05, PLAIN), within(1e-9))
        .doesNotContain(rest(.05 * 1.9, PLAIN), within(1e-9));
    assertThat(ahead).containsExactly(rest(.05 * 1.9, PLAIN), within(1e-9));
  }

  @Test
  void run_localMomentum_restsWhereALargerStepRests() {
    GossipStep local =
        new GossipStep(new Momentum(.9, Momentum.Style.HEAVY_BALL), MomentumScope.LOCAL, 1);

    assertThat(rest(.005, local)).containsExactly(rest(.05, PLAIN), within(1e-9));
  }

  /** Fixed point of x + gamma (W x - x) - eta g: that of eta / gamma. */
  @Test
  void run_slowGossip_restsWhereALargerStepRests() {
    GossipStep slow = new GossipStep(Momentum.NONE, MomentumScope.LOCAL, .5);

    assertThat(rest(.025, slow)).containsExactly(rest(.05, PLAIN), within(1e-9));
  }

  /** One curvature and minimum for all: SAM's cycle of two points around the minimum. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void run_sharpnessAware_cyclesWithTheKnownAmplitude(double alpha) {
    double[] curvatures = new double[8];
    double[] minima = new double[8];
    Arrays.fill(curvatures, 2);
    Arrays.fill(minima, 1);
    Quadratics shared = new Quadratics(curvatures, minima, 1);
    IterativeTraining training = Quadratics.training(.1, 101).with(new SharpnessAware(.05));

    double[] even = shared.models(ngc(training, PLAIN, alpha), RING, 2);
    double[] odd = shared.models(ngc(training, PLAIN, alpha), RING, 3);

    for (int i = 0; i < 8; i++) {
      assertThat(Math.abs(even[i] - 1)).isCloseTo(.00555556, within(1e-8));
      assertThat(even[i] - 1).isCloseTo(1 - odd[i], within(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", ".5, .05"})
  void run_batchNormNetwork_isRepeatableAndCountsItsTraffic(double alpha, double radius) {
    GossipStep step =
        new GossipStep(new Momentum(.9, Momentum.Style.NESTEROV), MomentumScope.QUASI_GLOBAL, .9);
    IterativeTraining training = SmallRun.training(3, new SharpnessAware(radius));
    NeighborhoodGradients program = ngc(training, step, alpha);

    SmallRun run = SmallRun.of(program, 2);

    assertThat(SmallRun.of(program, 2).states()).isEqualTo(run.states());
    assertThat(run.states().get(1).vectors()).containsOnlyKeys("model", "momentum");
    assertThat(run.states().values()).allMatch(state -> state.model().isFinite());
    assertThat(run.metric(0, Metric.BYTES_SENT))
        .isEqualTo(2.0 * program.bytesPerNeighbor(SmallRun.NETWORK.layout()));
    assertThat(run.metric(0, Metric.GRADIENT_EVALUATIONS))
        .isEqualTo(3 * 8 * program.gradientsPerStep(2));
  }

  /** In one dimension a scaled sign is the number itself, up to a float's rounding. */
  @ParameterizedTest
  @ValueSource(doubles = {.5, 1})
  void run_scaledSignsOfOneDimension_isUncompressed(double alpha) {
    CrossMail signs = new CrossMail(new ScaledSign(new Blocks.Tensors()));
    IterativeTraining training = Quadratics.training(.1, 10);
    NeighborhoodGradients program =
        new NeighborhoodGradients("comp-ngc", training, PLAIN, alpha, signs);

    assertThat(Quadratics.het().models(program, RING, 2))
        .containsExactly(
            Quadratics.het().models(ngc(training, PLAIN, alpha), RING, 2), within(1e-6));
  }

  @Test
  void run_compressedSaddle_isRepeatableAndCountsItsTraffic() {
    CrossMail signs = new CrossMail(new ScaledSign(new Blocks.Tensors()));
    NeighborhoodGradients program =
        new NeighborhoodGradients(
            "comp-n-saddle", SmallRun.training(3, new SharpnessAware(.05)), PLAIN, .5, signs);

    SmallRun run = SmallRun.of(program, 2);

    assertThat(SmallRun.of(program, 2).states()).isEqualTo(run.states());
    assertThat(run.states().get(1).vectors())
        .containsOnlyKeys("model", "error.0", "error.1", "error.2");
    assertThat(run.metric(0, Metric.BYTES_SENT))
        .isEqualTo(2.0 * program.bytesPerNeighbor(SmallRun.NETWORK.layout()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void firstIteration_statisticsMoveOnce(double alpha) {
    DecentralizedSgd plain =
        new DecentralizedSgd("dsgd", SmallRun.training(1), CombineOrder.COMBINE_THEN_ADAPT);

    SmallRun expected = SmallRun.of(plain, 1);
    SmallRun run = SmallRun.of(ngc(SmallRun.training(1, new SharpnessAware(.1)), PLAIN, alpha), 1);

    for (int agent = 0; agent < 4; agent++) {
      assertThat(run.states().get(agent).model().statistics())
          .isEqualTo(expected.states().get(agent).model().statistics());
    }
  }

  @Test
  void create_outOfRange_isRefused() {
    assertThatThrownBy(() -> ngc(Quadratics.training(.1, 1), PLAIN, 1.5))
        .hasMessage("NGC's alpha is in [0, 1], got 1.5");
    assertThatThrownBy(() -> new GossipStep(Momentum.NONE, MomentumScope.LOCAL, 0))
        .hasMessage("the gossip rate is in (0, 1], got 0.0");
  }

  private static double[] rest(double rate, GossipStep step) {
    return Quadratics.het().models(ngc(Quadratics.training(rate, 250), step, 1), RING, 6);
  }

  private static double[] mix(double[] x) {
    return MatrixUtils.createRealMatrix(RING.toArray()).operate(x);
  }

  private static DecentralizedSgd dsgd(IterativeTraining training) {
    return new DecentralizedSgd("dsgd", training, CombineOrder.COMBINE_THEN_ADAPT);
  }

  private static NeighborhoodGradients ngc(
      IterativeTraining training, GossipStep step, double alpha) {
    return new NeighborhoodGradients("ngc", training, step, alpha, CrossMail.EXACT);
  }
}

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
import org.junit.jupiter.api.Test;

class CrossGradientAggregationTest {
  private static final GossipStep PLAIN = new GossipStep(Momentum.NONE, MomentumScope.LOCAL, 1);
  private static final GossipStep NESTEROV =
      new GossipStep(new Momentum(0.9, Momentum.Style.NESTEROV), MomentumScope.LOCAL, 1);
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));

  @Test
  void run_commonMinimum_isReachedWhateverTheCurvature() {
    double[] minima = new double[8];
    Arrays.fill(minima, 3);
    Quadratics problem = new Quadratics(Quadratics.het().a(), minima, 1);

    double[] models = problem.models(cga(Quadratics.training(.1, 200), PLAIN, .5), RING, 5);

    assertThat(problem.worstError(models)).isLessThan(1e-9);
  }

  /** s + margin (sum of rows), weights 1/3: (1 + 2 * 0.5) / 3 of the gradient. */
  @Test
  void firstStep_allAgree_isTheOwnGradientAndTheMarginOfTheOthers() {
    double[] minima = new double[8];
    Arrays.fill(minima, 3);
    Quadratics problem = new Quadratics(Quadratics.same().a(), minima, 1);

    double[] models = problem.models(cga(Quadratics.training(.1, 1), PLAIN, .5), RING, 1);

    assertThat(models).containsOnly(new double[] {.1 * 3 * 2 / 3}, within(1e-12));
  }

  /**
   * On the complete graph with minima 0 to 7, agents 1 to 7 hear a contradiction from x = 0 on, and
   * agent 0, which hears none from itself, from x = 1 on. There everybody stays.
   */
  @Test
  void run_contradiction_stopsWhereNoStepHelpsEverybody() {
    MixingMatrix complete = MixingMatrix.metropolisHastings(Topology.fullyConnected(8));
    CrossGradientAggregation program = cga(Quadratics.training(.1, 100), PLAIN, .5);

    double[] early = Quadratics.same().models(program, complete, 3);
    double[] late = Quadratics.same().models(program, complete, 6);

    assertThat(late).containsExactly(early, within(1e-9));
    assertThat(late).containsOnly(new double[] {late[0]}, within(1e-9));
    assertThat(late[0]).isBetween(1.0, 1.02);
  }

  @Test
  void run_batchNormNetwork_isRepeatableAndLeavesModelAndMomentum() {
    CrossGradientAggregation program = cga(SmallRun.training(3), NESTEROV, .5);

    SmallRun run = SmallRun.of(program, 2);

    assertThat(SmallRun.of(program, 2).states()).isEqualTo(run.states());
    assertThat(run.states().get(1).vectors()).containsOnlyKeys("model", "momentum");
    assertThat(run.states().values()).allMatch(state -> state.model().isFinite());
    assertThat(run.metric(0, Metric.BYTES_SENT))
        .isEqualTo(2.0 * program.bytesPerNeighbor(SmallRun.NETWORK.layout()));
    assertThat(run.metric(0, Metric.GRADIENT_EVALUATIONS))
        .isEqualTo(3 * 8 * program.gradientsPerStep(2));
  }

  @Test
  void run_scaledSigns_sendsFewBytesAndRemembersErrors() {
    CrossMail signs = new CrossMail(new ScaledSign(new Blocks.Tensors()));
    CrossGradientAggregation exact = cga(SmallRun.training(2), NESTEROV, .5);
    CrossGradientAggregation program =
        new CrossGradientAggregation("comp-cga", SmallRun.training(2), NESTEROV, .5, signs);

    SmallRun run = SmallRun.of(program, 2);

    assertThat(SmallRun.of(program, 2).states()).isEqualTo(run.states());
    assertThat(run.states().get(1).vectors())
        .containsOnlyKeys("model", "momentum", "error.0", "error.1", "error.2");
    assertThat(run.states().values()).allMatch(state -> state.model().isFinite());
    assertThat(run.metric(0, Metric.BYTES_SENT))
        .isEqualTo(2.0 * program.bytesPerNeighbor(SmallRun.NETWORK.layout()))
        .isLessThan(2.0 * .7 * exact.bytesPerNeighbor(SmallRun.NETWORK.layout()));
  }

  @Test
  void firstIteration_statisticsMoveOnce() {
    DecentralizedSgd plain =
        new DecentralizedSgd("dsgd", SmallRun.training(1), CombineOrder.COMBINE_THEN_ADAPT);
    IterativeTraining sharp = SmallRun.training(1, new SharpnessAware(.1));

    SmallRun expected = SmallRun.of(plain, 1);
    SmallRun run = SmallRun.of(cga(sharp, NESTEROV, .5), 1);

    for (int agent = 0; agent < 4; agent++) {
      assertThat(run.states().get(agent).model().statistics())
          .isEqualTo(expected.states().get(agent).model().statistics());
    }
  }

  @Test
  void create_negativeMargin_isRefused() {
    assertThatThrownBy(() -> cga(Quadratics.training(.1, 1), PLAIN, -1))
        .hasMessage("CGA's margin must be at least 0, got -1.0");
  }

  private static CrossGradientAggregation cga(
      IterativeTraining training, GossipStep step, double margin) {
    return new CrossGradientAggregation("cga", training, step, margin, CrossMail.EXACT);
  }
}

package io.dimat.algorithm.crossgradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.algorithm.SmallRun;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.GossipStep;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.algorithm.part.MomentumScope;
import io.dimat.learn.Batch;
import io.dimat.learn.FeatureTargets;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SharpnessAware;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.StatisticsPolicy;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Metric;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossFeatureContrastTest {
  private static final GossipStep QUASI_GLOBAL =
      new GossipStep(new Momentum(.9, Momentum.Style.NESTEROV), MomentumScope.QUASI_GLOBAL, 1);
  private static final GossipStep PLAIN = new GossipStep(Momentum.NONE, MomentumScope.LOCAL, 1);

  @ParameterizedTest
  @CsvSource({"0, .1", ".1, 0", ".1, .1"})
  void run_batchNormNetwork_isRepeatableAndCountsItsTraffic(double model, double data) {
    CrossFeatureContrast program = ccl(SmallRun.training(3), QUASI_GLOBAL, model, data);

    SmallRun run = SmallRun.of(program, 2);

    assertThat(SmallRun.of(program, 2).states()).isEqualTo(run.states());
    assertThat(run.states().get(1).vectors()).containsOnlyKeys("model", "momentum");
    assertThat(run.states().get(1).payloads()).isEmpty();
    assertThat(run.states().values()).allMatch(state -> state.model().isFinite());
    assertThat(run.metric(0, Metric.BYTES_SENT))
        .isEqualTo(2.0 * program.bytesPerNeighbor(SmallRun.NETWORK.layout()));
    assertThat(run.metric(0, Metric.GRADIENT_EVALUATIONS)).isEqualTo(3 * 8.0);
  }

  /**
   * Without weights only the trainable parameters of the first iteration are comparable bitwise.
   */
  @ParameterizedTest
  @CsvSource({"0, 0, true", ".5, 0, false", "0, .5, false"})
  void firstIteration_noWeights_isDsgdCombineThenAdapt(double model, double data, boolean same) {
    DecentralizedSgd dsgd =
        new DecentralizedSgd("dsgd", SmallRun.training(1), CombineOrder.COMBINE_THEN_ADAPT);

    double distance =
        SmallRun.of(ccl(SmallRun.training(1), PLAIN, model, data), 1)
            .states()
            .get(2)
            .model()
            .squaredDistance(SmallRun.of(dsgd, 1).states().get(2).model());

    assertThat(distance < 1e-12).isEqualTo(same);
  }

  /** Agent 2 between 1 and 3, everything put together by hand. */
  @Test
  void firstIteration_isAStepOfTheWholeLossFromTheMixedModel() {
    CrossFeatureContrast program = ccl(SmallRun.training(1), PLAIN, .3, .2);
    SortedMap<Integer, AgentState> before = SmallRun.of(program, 0).states();
    ParamVector own = before.get(2).model();
    ParamVector left = before.get(1).model();
    ParamVector right = before.get(3).model();
    Batch batch = SmallRun.minibatch(2);
    try (ReferenceLearner learner = new ReferenceLearner(SmallRun.NETWORK)) {
      ClassFeatures classes =
          classes(learner, own, 1).plus(classes(learner, own, 2)).plus(classes(learner, own, 3));
      FeatureTargets targets =
          FeatureTargets.none(8, 3)
              .with(.3, learner.features(left, batch))
              .with(.3, learner.features(right, batch))
              .with(.2, classes.means(batch.labels()));
      ParamVector gradient =
          learner.gradient(own, batch, targets, StatisticsPolicy.FROZEN).gradient();
      ParamVector mixed =
          ParamVector.weightedSum(
              new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3},
              List.of(left.trainable(), own.trainable(), right.trainable()));
      ParamVector expected = mixed.plus(-.05, gradient.plus(1e-4, own.trainable()));

      ParamVector after = SmallRun.of(program, 1).states().get(2).model().trainable();

      assertThat(after.minus(expected).norm()).isLessThan(1e-6);
      assertThat(after.minus(mixed).norm()).isGreaterThan(1e-3);
    }
  }

  private static ClassFeatures classes(ReferenceLearner learner, ParamVector at, int agent) {
    Batch batch = SmallRun.minibatch(agent);
    return ClassFeatures.of(
        learner.features(at, batch), batch.labels(), SmallRun.NETWORK.classes());
  }

  @Test
  void create_outOfRange_isRefused() {
    assertThatThrownBy(() -> ccl(SmallRun.training(1), PLAIN, -1, 0))
        .hasMessage("CCL's weights must be at least 0, got -1.0 and 0.0");
    assertThatThrownBy(() -> ccl(SmallRun.training(1, new SharpnessAware(.1)), PLAIN, .1, .1))
        .hasMessageContaining("got one of 2 passes");
    assertThat(ccl(SmallRun.training(1), PLAIN, 0, 0).refusal(SmallNetworks.batchNormOnly()))
        .get()
        .asString()
        .contains("batch-norm-only has none");
  }

  private static CrossFeatureContrast ccl(
      IterativeTraining training, GossipStep step, double model, double data) {
    return new CrossFeatureContrast("ccl", training, step, model, data);
  }
}

package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.conf.ConfigLoader;
import org.junit.jupiter.api.Test;

class PlannedWorkTest {
  private static JobPlan plan(String... lines) {
    return JobPlan.of(
        ConfigLoader.parse(
            "init = common, agents = 4, network.name = mlp, train.batch = 32, rounds = 3\n"
                + String.join("\n", lines),
            "test"));
  }

  @Test
  void of_roundsInMinibatches_countsEveryGradientOfEveryAgent() {
    JobPlan plan = plan("algorithm = dsgd, pretrain.epochs = 0, train.steps-per-round = 5");

    PlannedWork work = PlannedWork.of(plan);

    double images = 4 * 3 * 5 * 32;
    assertThat(work.coreSeconds())
        .isCloseTo(
            images * PlannedWork.secondsPerImage(plan.run().network()), within(1e-12 * images));
    assertThat(work.coreSecondsPerImage()).isZero();
  }

  @Test
  void of_severalGradientsPerStep_countsThem() {
    String steps = "pretrain.epochs = 0, train.steps-per-round = 5";

    double one = PlannedWork.of(plan("algorithm = dsgd", steps)).coreSeconds();

    assertThat(PlannedWork.of(plan("algorithm = q-saddle", steps)).coreSeconds())
        .isCloseTo(2 * one, within(1e-9 * one));
    assertThat(PlannedWork.of(plan("algorithm = ngc", steps)).coreSeconds())
        .isCloseTo(3 * one, within(1e-9 * one));
  }

  @Test
  void of_roundsInEpochs_countsEpochsOfEveryImage() {
    JobPlan plan = plan("algorithm = wa, pretrain.epochs = 2, train.epochs-per-round = 2");

    PlannedWork work = PlannedWork.of(plan);

    assertThat(work.coreSeconds()).isZero();
    assertThat(work.coreSecondsPerImage())
        .isCloseTo(8 * PlannedWork.secondsPerImage(plan.run().network()), within(1e-15));
  }

  @Test
  void of_roundsThatAreNotKept_storesTheNewest() {
    String merging = "algorithm = wa, pretrain.epochs = 0, evaluate.consensus-every = 0";
    JobPlan plan = plan(merging, "run.keep-rounds = 1");

    double bytes = 4.0 * plan.run().network().layout().size();

    assertThat(PlannedWork.of(plan).storedBytes()).isEqualTo(bytes * (4 * 2 + 1));
  }

  @Test
  void of_mergingEveryRound_countsJobsAndCommittedModels() {
    JobPlan plan = plan("algorithm = wa, pretrain.epochs = 0, evaluate.consensus-every = 0");

    PlannedWork work = PlannedWork.of(plan);

    int consensusOfTheLastRound = 1;
    assertThat(work.sparkJobs()).isEqualTo(1 + 3 * 2 + consensusOfTheLastRound);
    assertThat(work.storedBytes())
        .isEqualTo(
            4.0
                * plan.run().network().layout().size()
                * (4 * (1 + 3 * 2) + consensusOfTheLastRound));
    assertThat(work.times(2)).isEqualTo(work.plus(work));
    assertThat(work.plus(PlannedWork.NONE)).isEqualTo(work);
  }
}

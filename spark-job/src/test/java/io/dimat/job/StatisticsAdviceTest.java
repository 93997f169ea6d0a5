package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.conf.ConfigLoader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatisticsAdviceTest {
  private static final String SKEWED = "data.partitioner = dirichlet, data.alpha = 0.1";

  private static Optional<String> advice(String... lines) {
    JobPlan plan = JobPlan.of(ConfigLoader.parse(String.join("\n", lines), "test"));
    return StatisticsAdvice.of(plan, plan.expectedLabelSkew());
  }

  @Test
  void of_commonStart_isToAverage() {
    assertThat(advice("init = common").orElseThrow())
        .contains("algorithm = wa", "merge.batch-norm = recalibrate");
    assertThat(advice("init = common", SKEWED).orElseThrow())
        .contains("algorithm = wa", "merge.batch-norm = neighborhood");
  }

  @Test
  void of_ownStarts_isToMatchAndUnderSkewWithTheNeighborhoodsStatistics() {
    assertThat(advice("init = per-agent").orElseThrow())
        .contains("matching about 2 points above averaging");
    assertThat(advice("init = per-agent", SKEWED).orElseThrow())
        .contains("merge.probe = neighborhood", "compare with those");
  }

  @Test
  void of_whatTheStudyDoesNotCover_isNothing() {
    assertThat(advice("network.name = mlp")).isEmpty();
    assertThat(advice("algorithm = none")).isEmpty();
    assertThat(advice("algorithm = dsgd", "train.steps-per-round = 5")).isEmpty();
    assertThat(advice("algorithm = parameter-averaging", "init = common")).isEmpty();
  }
}

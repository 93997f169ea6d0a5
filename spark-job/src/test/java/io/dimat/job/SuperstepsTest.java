package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.conf.ConfigLoader;
import io.dimat.protocol.RunPlan;
import org.junit.jupiter.api.Test;

class SuperstepsTest {
  private static int ofRound(String algorithm, String... lines) {
    String text =
        "init = common, pretrain.epochs = 0, train.steps-per-round = 5, algorithm = " + algorithm;
    RunPlan run =
        JobPlan.of(ConfigLoader.parse(text + "\n" + String.join("\n", lines), "test")).run();
    return run.segments(1).stream().mapToInt(Supersteps::atLeast).sum();
  }

  @Test
  void atLeast_gossip_isOneForEveryIterationAndTheEnd() {
    assertThat(ofRound("dsgd")).isEqualTo(5 + 1);
  }

  @Test
  void atLeast_merging_isOneForEveryCommit() {
    assertThat(ofRound("dimat")).isEqualTo(2);
  }

  @Test
  void atLeast_repeatedUntilAgreed_countsAskingAndNoRepetition() {
    assertThat(ofRound("consensus-control")).isEqualTo(2 * 5 + 1);
  }
}

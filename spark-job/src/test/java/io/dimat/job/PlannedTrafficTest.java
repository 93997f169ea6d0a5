package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.conf.ConfigLoader;
import io.dimat.protocol.RunPlan;
import org.junit.jupiter.api.Test;

/** In models, of a network without running statistics: what eight agents send in 4 rounds of 10. */
class PlannedTrafficTest {
  private static final int ROUNDS = 4;
  private static final int STEPS = 10;

  private static PlannedTraffic models(String... lines) {
    String text =
        "agents = 8, rounds = 4, init = common, pretrain.epochs = 0, network.name = mlp, train.steps-per-round = 10";
    RunPlan run =
        JobPlan.of(ConfigLoader.parse(text + "\n" + String.join("\n", lines), "test")).run();
    double model = 4.0 * run.network().layout().size();
    PlannedTraffic bytes = PlannedTraffic.of(run);
    return new PlannedTraffic(bytes.largest() / model, bytes.total() / model);
  }

  @Test
  void of_ring_isTwoModelsAnIteration() {
    PlannedTraffic sent = models("algorithm = dsgd");

    assertThat(sent.largest()).isEqualTo(2 * STEPS);
    assertThat(sent.total()).isEqualTo(8 * 2 * STEPS * ROUNDS);
  }

  @Test
  void of_onePeerAtATime_isOneModelAnIteration() {
    PlannedTraffic sent =
        models("algorithm = sgp", "topology.name = one-peer-exponential", "mixing.name = own");

    assertThat(sent.total()).isCloseTo(8.0 * STEPS * ROUNDS, within(0.01));
  }

  @Test
  void of_treeInARing_leavesOutTheEdgeThatIsNotInTheTree() {
    PlannedTraffic sent = models("algorithm = relay-sgd");

    assertThat(sent.total()).isCloseTo(2.0 * 7 * STEPS * ROUNDS, within(0.01));
  }

  @Test
  void of_mergeAtTheEnd_isOneModelToAllOthersInTheLastRound() {
    PlannedTraffic sent = models("algorithm = single-merge", "schedule.iterations = 40");

    assertThat(sent.largest()).isEqualTo(7);
    assertThat(sent.total()).isEqualTo(8 * 7);
  }

  @Test
  void of_periodThatTheRoundIsNoMultipleOf_isTheFullestRound() {
    assertThat(models("algorithm = cdadam", "gossip.period = 3").largest()).isEqualTo(2 * 4);
  }

  @Test
  void of_controlThatEnds_countsRepetitionsUpToThere() {
    PlannedTraffic sent =
        models(
            "algorithm = consensus-control",
            "mixing.name = lazy",
            "control.until = 10",
            "control.most = 5");

    assertThat(sent.largest()).isEqualTo(2 * 5 * STEPS);
    assertThat(sent.total()).isEqualTo(8 * 2 * (5 * STEPS + (ROUNDS - 1) * STEPS));
  }

  @Test
  void of_twoTreesThatShareAnEdge_countsItTwice() {
    PlannedTraffic sent =
        models(
            "algorithm = relay-sgd",
            "relay.tree = double-binary",
            "topology.name = double-binary-tree");

    assertThat(sent.total()).isCloseTo(2.0 * 2 * 7 / 2 * STEPS * ROUNDS, within(0.05));
  }

  @Test
  void of_averagingOnOccasion_goesToAllOthers() {
    PlannedTraffic sent = models("algorithm = dynamic-averaging", "schedule.threshold = 1");

    assertThat(sent.largest()).isEqualTo(7);
    assertThat(sent.total()).isEqualTo(8 * 7 * ROUNDS);
  }
}

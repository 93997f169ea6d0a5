package io.dimat.algorithm.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.ConnectedDominatingSet;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.Metric;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DominatingSetSgdTest {
  private final Quadratics problem = Quadratics.het();
  private final Topology ring = Topology.ring(8);

  @Test
  void everybodyDominates_isCdsgd() {
    IterativeTraining training = Quadratics.training(0.05, 50);
    MixingMatrix mixing = MixingMatrix.metropolisHastings(ring);
    DominatingSetSgd dsma =
        new DominatingSetSgd(
            "dsma",
            training,
            Momentum.NONE,
            new ConnectedDominatingSet(ring, set(0, 1, 2, 3, 4, 5, 6, 7)));
    DecentralizedSgd cdsgd =
        new DecentralizedSgd("cdsgd", training, CombineOrder.COMBINE_THEN_ADAPT);

    assertThat(problem.models(dsma, mixing, 3))
        .containsExactly(problem.models(cdsgd, mixing, 3), within(1e-12));
  }

  @Test
  void mixing_chainOfFive_isTheRuleByHand() {
    LearningRate once = k -> k == 0 ? 1 : Double.MIN_VALUE;
    IterativeTraining training = Quadratics.training(once, GradientOracle.PLAIN, 2);
    Topology chain = Topology.chain(5);
    double[] b = {2, 4, 12, 6, 1};
    Quadratics five = new Quadratics(new double[] {1, 1, 1, 1, 1}, b, 1);

    double[] models =
        five.models(
            new DominatingSetSgd(
                "dsma", training, Momentum.NONE, new ConnectedDominatingSet(chain, set(1, 2, 3))),
            MixingMatrix.metropolisHastings(chain),
            1);

    double w = 1.0 / 3;
    double[] expected = {
      (2 + 4) / 2.0,
      (1 - w) * (4 + 2) / 2.0 + w * 12,
      (1 - 2 * w) * 12 + w * 4 + w * 6,
      (1 - w) * (6 + 1) / 2.0 + w * 12,
      (1 + 6) / 2.0
    };
    assertThat(models).containsExactly(expected, within(1e-12));
  }

  @Test
  void mail_ringOfFive_onlyOverEdgesThatTouchTheSet() {
    Network network = SmallNetworks.mlp();
    SyntheticImages world = new SyntheticImages(network.inputShape(), network.classes(), 0.7, 5);
    Topology five = Topology.ring(5);
    RunPlan plan =
        new RunPlan(
            new DominatingSetSgd(
                "dsma",
                Quadratics.training(0.05, 3),
                Momentum.NONE,
                new ConnectedDominatingSet(five, set(0, 1, 2))),
            network,
            MixingMatrix.metropolisHastings(five),
            new Seeds(1),
            1,
            new EvaluationSchedule(2, 0, 2));
    SortedMap<Integer, AgentMetrics> measured = new TreeMap<>();

    new LocalEngine(new ReferenceLearner(network), agent -> world.shard(agent, 8))
        .run(plan, (round, phase, states, metrics) -> measured.putAll(metrics));

    double model = 4.0 * network.layout().size() * 3;
    assertThat(measured.values())
        .extracting(metrics -> metrics.values().get(Metric.BYTES_SENT))
        .containsExactly(2 * model, 2 * model, 2 * model, model, model);
  }

  @Test
  void plan_setOfAnotherTopology_isRefused() {
    Topology chain = Topology.chain(8);
    DominatingSetSgd program =
        new DominatingSetSgd(
            "dsma", Quadratics.training(0.05, 1), Momentum.NONE, ConnectedDominatingSet.of(chain));

    assertThatThrownBy(() -> problem.models(program, MixingMatrix.metropolisHastings(ring), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the dominating set must be one of the run's topology ring");
  }

  private static SortedSet<Integer> set(Integer... members) {
    return new TreeSet<>(List.of(members));
  }
}

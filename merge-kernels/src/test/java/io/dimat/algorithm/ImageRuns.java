package io.dimat.algorithm;

import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import java.util.SortedMap;
import java.util.TreeMap;

/** Two rounds on a small residual network with batch norm, in single precision, on a ring of 3. */
public final class ImageRuns {
  public static final Network NETWORK = SmallNetworks.residual();
  private static final int ROUNDS = 2;

  private ImageRuns() {}

  /** Every agent's last state, and what it measured in the last committed phase. */
  public record Outcome(
      SortedMap<Integer, AgentState> states, SortedMap<Integer, AgentMetrics> metrics) {
    public boolean finite() {
      return states.values().stream().allMatch(state -> state.model().isFinite());
    }
  }

  public static IterativeTraining training(int stepsPerRound) {
    return new IterativeTraining(
        new LocalTraining(
            InitPolicy.COMMON,
            0,
            new LocalWork.Steps(stepsPerRound),
            8,
            OptimizerSpec.sgd(0.05),
            OptimizerStatePolicy.RESET),
        stepsPerRound,
        LearningRate.constant(0.05),
        1e-4,
        GradientOracle.PLAIN,
        GossipStatistics.AVERAGE);
  }

  public static Outcome of(AgentProgram program) {
    SyntheticImages world = new SyntheticImages(NETWORK.inputShape(), NETWORK.classes(), 0.7, 5);
    RunPlan plan =
        new RunPlan(
            program,
            NETWORK,
            MixingMatrix.metropolisHastings(Topology.ring(3)),
            new Seeds(42),
            ROUNDS,
            new EvaluationSchedule(1, 1, ROUNDS));
    SortedMap<Integer, AgentMetrics> last = new TreeMap<>();
    SortedMap<Integer, AgentState> states =
        new LocalEngine(new ReferenceLearner(NETWORK), agent -> world.shard(agent, 24))
            .run(plan, (round, phase, seen, metrics) -> last.putAll(metrics));
    return new Outcome(states, last);
  }
}

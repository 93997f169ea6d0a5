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
import io.dimat.learn.Batch;
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

/** Four agents on a ring train a small residual network with batch norm on images of their own. */
public record SmallRun(
    SortedMap<Integer, AgentState> states, SortedMap<Integer, AgentMetrics> metrics) {
  public static final Network NETWORK = SmallNetworks.residual();
  private static final SyntheticImages WORLD =
      new SyntheticImages(NETWORK.inputShape(), NETWORK.classes(), 0.7, 5);
  private static final int IMAGES = 24;

  public static IterativeTraining training(int stepsPerRound, GradientOracle oracle) {
    LocalTraining local =
        new LocalTraining(
            InitPolicy.PER_AGENT,
            0,
            new LocalWork.Steps(stepsPerRound),
            8,
            OptimizerSpec.sgd(0.1),
            OptimizerStatePolicy.RESET);
    return new IterativeTraining(
        local, stepsPerRound, LearningRate.constant(0.05), 1e-4, oracle, GossipStatistics.AVERAGE);
  }

  public static IterativeTraining training(int stepsPerRound) {
    return training(stepsPerRound, GradientOracle.PLAIN);
  }

  /** Final states, and the metrics of the last round. */
  public static SmallRun of(AgentProgram program, int rounds) {
    RunPlan plan =
        new RunPlan(
            program,
            NETWORK,
            MixingMatrix.metropolisHastings(Topology.ring(4)),
            new Seeds(42),
            rounds,
            new EvaluationSchedule(1, 1, rounds));
    SortedMap<Integer, AgentMetrics> last = new TreeMap<>();
    SortedMap<Integer, AgentState> states =
        new LocalEngine(new ReferenceLearner(NETWORK), agent -> WORLD.shard(agent, IMAGES))
            .run(plan, (round, phase, now, metrics) -> last.putAll(metrics));
    return new SmallRun(states, last);
  }

  public double metric(int agent, String name) {
    return metrics.get(agent).values().get(name);
  }

  /** The minibatch of an agent's first iteration. */
  public static Batch minibatch(int agent) {
    return WORLD.shard(agent, IMAGES).minibatches(0, 1, 8).iterator().next();
  }
}

package io.dimat.algorithm;

import io.dimat.algorithm.merging.MergeReach;
import io.dimat.algorithm.merging.MergeTiming;
import io.dimat.algorithm.merging.ReferenceBasis;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.Mixings;
import io.dimat.graph.TopologyOptions;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.OptimizerSpec;
import io.dimat.merge.Finish;
import io.dimat.merge.Operators;
import io.dimat.network.Network;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A small plan for every name of the registry, each with what that method cannot do without. */
public final class EveryAlgorithm {
  private static final int STEPS = 3;

  private EveryAlgorithm() {}

  /** Agents on a ring that start from one model, or from their own after an epoch alone. */
  public static RunPlan plan(
      String algorithm,
      Network network,
      int agents,
      OptimizerSpec optimizer,
      OptimizerStatePolicy policy,
      long seed,
      int rounds) {
    return plan(algorithm, network, agents, optimizer, policy, MergeReach.OWN, seed, rounds);
  }

  /** The same, merges learning from whose images {@code reach} says. */
  public static RunPlan plan(
      String algorithm,
      Network network,
      int agents,
      OptimizerSpec optimizer,
      OptimizerStatePolicy policy,
      MergeReach reach,
      long seed,
      int rounds) {
    boolean sameStart = algorithm.equals("relay-grad");
    LocalTraining training =
        new LocalTraining(
            sameStart ? InitPolicy.COMMON : InitPolicy.PER_AGENT,
            sameStart ? 0 : 1,
            new LocalWork.Epochs(1),
            8,
            optimizer,
            policy);
    String weights = algorithm.equals("swarm-sgd") ? "random-matching" : "metropolis-hastings";
    return plan(
        algorithm,
        network,
        training,
        Mixings.named(weights, "ring", agents, TopologyOptions.seeded(seed)),
        reach,
        seed,
        rounds);
  }

  /** The same with training and mixing of one's own. */
  public static RunPlan plan(
      String algorithm,
      Network network,
      LocalTraining training,
      MixingSchedule mixing,
      MergeReach reach,
      long seed,
      int rounds) {
    MethodSettings settings = settings((long) Math.max(1, rounds) * STEPS);
    return plan(algorithm, network, training, mixing, reach, settings, seed, rounds);
  }

  /** A method with settings of its own, from a common start, on any mixing. */
  public static RunPlan plan(
      String algorithm,
      Network network,
      MixingSchedule mixing,
      UnaryOperator<MethodSettings> change,
      long seed) {
    LocalTraining training =
        new LocalTraining(
            InitPolicy.COMMON,
            0,
            new LocalWork.Epochs(1),
            8,
            OptimizerSpec.sgd(0.1),
            OptimizerStatePolicy.RESET);
    MethodSettings settings = change.apply(settings(STEPS));
    return plan(algorithm, network, training, mixing, MergeReach.OWN, settings, seed, 1);
  }

  private static RunPlan plan(
      String algorithm,
      Network network,
      LocalTraining training,
      MixingSchedule mixing,
      MergeReach reach,
      MethodSettings settings,
      long seed,
      int rounds) {
    IterativeTraining iterations =
        new IterativeTraining(
            training,
            STEPS,
            LearningRate.constant(0.05),
            1e-4,
            GradientOracle.PLAIN,
            GossipStatistics.AVERAGE);
    MethodOptions options =
        new MethodOptions(
            training,
            Operators.Options.DEFAULTS,
            Finish.RECALIBRATE,
            ReferenceBasis.SELF,
            reach,
            Optional.of(iterations),
            settings,
            mixing.topology());
    return new RunPlan(
        Algorithms.create(algorithm, options),
        network,
        mixing,
        new Seeds(seed),
        rounds,
        new EvaluationSchedule(1, 1, rounds));
  }

  /** Short periods, so that few iterations hold every kind of communication. */
  private static MethodSettings settings(long iterations) {
    MethodSettings usual = MethodSettings.DEFAULTS;
    MethodSettings.Gossip gossip =
        new MethodSettings.Gossip(
            usual.gossip().momentum(),
            CombineOrder.COMBINE_THEN_ADAPT,
            1,
            2,
            1,
            2,
            .5,
            .05,
            1,
            .5,
            .01);
    return new MethodSettings(
        gossip,
        usual.relay(),
        usual.contrast(),
        usual.compression(),
        usual.control(),
        new MethodSettings.Schedule(0.5, iterations, 0.1, 1e-3),
        new MergeTiming(1, 2, 1, 4, 2, 2, 0.05, 1.2, 1));
  }
}

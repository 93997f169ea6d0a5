package io.dimat.bench;

import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.MethodOptions;
import io.dimat.algorithm.MethodSettings;
import io.dimat.algorithm.merging.MergeReach;
import io.dimat.algorithm.merging.ReferenceBasis;
import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.feed.ShardData;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.Mixings;
import io.dimat.graph.TopologyOptions;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.Learner;
import io.dimat.learn.OptimizerSpec;
import io.dimat.merge.ConsensusModel;
import io.dimat.merge.Finish;
import io.dimat.merge.Operators;
import io.dimat.network.Layer;
import io.dimat.network.Layer.Activation;
import io.dimat.network.Layer.Dense;
import io.dimat.network.Layer.Flatten;
import io.dimat.network.Layer.Input;
import io.dimat.network.Layer.Output;
import io.dimat.network.Layer.Pool2d;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.DivergedException;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.Metric;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** One method, run with a step size on some shards by the local engine. */
final class MethodTrial {
  /** A perceptron on images of half the size: 17 thousand parameters, no batch norm. */
  static final Network NETWORK =
      new Network(
          "small-mlp",
          List.<Layer>of(
              new Input("in", new Shape(1, 28, 28)),
              new Pool2d("half", "in", Pool2d.Pooling.AVERAGE, 2, 2),
              new Flatten("flat", "half"),
              new Dense("fc1", "flat", 64, true),
              new Activation("act1", "fc1", Activation.Function.RELU),
              new Dense("fc2", "act1", 64, true),
              new Activation("act2", "fc2", Activation.Function.RELU),
              new Dense("head", "act2", 10, true),
              new Output("out", "head")));

  private static final int BATCH = 32;
  private static final int STEPS = 10;
  private static final double MOMENTUM = 0.9;

  /** Everybody's shard and the images that accuracy is measured on. */
  record World(long seed, List<ShardData> data) {}

  /** What came out; accuracies in [0, 1], 0 if the run diverged; traffic of one agent. */
  record Result(
      double consensusAccuracy,
      double meanAccuracy,
      double worstAccuracy,
      double distance,
      double iterations,
      double megabytes,
      double seconds) {
    static final Result DIVERGED =
        new Result(0, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  private final String method;
  private final int iterations;
  private final Learner learner;
  private int passes;

  /**
   * A trial of that method.
   *
   * @param iterations of a method that takes one gradient in each; others get fewer in proportion
   * @param learner of {@link #NETWORK}
   */
  MethodTrial(String method, int iterations, Learner learner) {
    this.method = method;
    this.iterations = iterations;
    this.learner = learner;
  }

  Result run(World world, double rate) {
    if (passes == 0) {
      passes = passes(world);
    }
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    RunPlan plan = plan(world, rate, Math.max(1, iterations / STEPS / passes));
    double[] bytes = new double[1];
    SortedMap<Integer, AgentState> states;
    try {
      states =
          new LocalEngine(learner, world.data()::get)
              .run(
                  plan,
                  (round, phase, s, metrics) ->
                      metrics
                          .values()
                          .forEach(
                              m -> bytes[0] += m.values().getOrDefault(Metric.BYTES_SENT, 0.)));
    } catch (DivergedException tooLarge) {
      return Result.DIVERGED;
    }
    double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
    return measured(plan, world, states, bytes[0] / 1e6 / plan.agents(), seconds);
  }

  /** Gradients of a minibatch that an agent takes in an iteration. */
  private int passes(World world) {
    double[] gradients = new double[1];
    new LocalEngine(learner, world.data()::get)
        .run(
            plan(world, 1e-3, 1),
            (round, phase, s, metrics) ->
                metrics
                    .values()
                    .forEach(
                        m ->
                            gradients[0] +=
                                m.values().getOrDefault(Metric.GRADIENT_EVALUATIONS, 0.)));
    return (int) Math.round(gradients[0] / (world.data().size() * STEPS * BATCH));
  }

  private Result measured(
      RunPlan plan,
      World world,
      SortedMap<Integer, AgentState> states,
      double megabytes,
      double seconds) {
    List<Double> accuracies = new ArrayList<>();
    for (AgentState state : states.values()) {
      learner.load(state.model());
      accuracies.add(learner.evaluate(world.data().get(0).test()).accuracy());
    }
    ConsensusModel consensus =
        ConsensusModel.of(
            plan.program().consensus(),
            plan.agents(),
            agent -> states.get(agent).model(),
            learner,
            world.data().get(0).probe(plan.rounds()));
    learner.load(consensus.model());
    return new Result(
        learner.evaluate(world.data().get(0).test()).accuracy(),
        accuracies.stream().mapToDouble(a -> a).average().orElseThrow(),
        accuracies.stream().mapToDouble(a -> a).min().orElseThrow(),
        consensus.distance(),
        (double) plan.rounds() * STEPS,
        megabytes,
        seconds);
  }

  private RunPlan plan(World world, double rate, int rounds) {
    boolean mixesUnits =
        Algorithms.operator(method)
            .map(name -> Operators.create(name, Operators.Options.DEFAULTS).mixesUnits())
            .orElse(false);
    LocalTraining training =
        new LocalTraining(
            InitPolicy.COMMON,
            0,
            new LocalWork.Steps(STEPS),
            BATCH,
            OptimizerSpec.momentum(rate, MOMENTUM),
            mixesUnits ? OptimizerStatePolicy.RESET : OptimizerStatePolicy.KEEP);
    IterativeTraining iterative =
        new IterativeTraining(
            training,
            STEPS,
            LearningRate.constant(rate),
            0,
            GradientOracle.PLAIN,
            GossipStatistics.AVERAGE);
    MixingSchedule mixing = mixing(world);
    MethodOptions options =
        new MethodOptions(
            training,
            Operators.Options.DEFAULTS,
            Finish.RECALIBRATE,
            ReferenceBasis.SELF,
            MergeReach.OWN,
            Optional.of(iterative),
            settings((long) rounds * STEPS),
            mixing.topology());
    return new RunPlan(
        Algorithms.create(method, options),
        NETWORK,
        mixing,
        new Seeds(world.seed()),
        rounds,
        new EvaluationSchedule(rounds + 1, 0, rounds + 1));
  }

  /** A ring; where a method needs more, what it needs. */
  private MixingSchedule mixing(World world) {
    int agents = world.data().size();
    TopologyOptions options = TopologyOptions.seeded(world.seed());
    return switch (method) {
      case "swarm-sgd" -> Mixings.named("random-matching", "ring", agents, options);
      case "sgp" -> Mixings.named(Mixings.OWN, "one-peer-exponential", agents, options);
      case "d2" -> Mixings.named("lazy", "ring", agents, options);
      default -> Mixings.named("metropolis-hastings", "ring", agents, options);
    };
  }

  /** The defaults, and what has none. */
  private static MethodSettings settings(long iterations) {
    MethodSettings usual = MethodSettings.DEFAULTS;
    MethodSettings.Schedule schedule = usual.schedule();
    return new MethodSettings(
        usual.gossip(),
        usual.relay(),
        usual.contrast(),
        usual.compression(),
        usual.control(),
        new MethodSettings.Schedule(schedule.fraction(), iterations, schedule.strength(), 1),
        usual.timing());
  }

  @Override
  public String toString() {
    return "%s, %d gradients an iteration".formatted(method, passes);
  }
}

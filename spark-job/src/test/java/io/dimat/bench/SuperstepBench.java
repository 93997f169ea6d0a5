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
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.FeedSettings;
import io.dimat.feed.ShardData;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.OptimizerSpec;
import io.dimat.merge.Finish;
import io.dimat.merge.Operators;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.partition.Division;
import io.dimat.partition.IidPartitioner;
import io.dimat.partition.Selection;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.ShardWriter;
import io.dimat.shard.Shards;
import io.dimat.source.Sources;
import io.dimat.spark.AgentShards;
import io.dimat.spark.SharedImages;
import io.dimat.spark.SparkEngine;
import io.dimat.spark.TaskSetup;
import io.dimat.store.ManifestStore;
import io.dimat.store.PhaseManifest;
import io.dimat.store.RunFolder;
import io.dimat.store.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What Spark adds to a gossip superstep: {@code SuperstepBench STEPS REPETITIONS}. Eight agents on
 * a ring exchange an mlp of 0.29 M parameters (784-256-256-100, batch 1: as little gradient as a
 * real method can have) at every one of {@code STEPS} iterations of a round, by {@link LocalEngine}
 * (one thread, nothing written) and by {@link SparkEngine} on two task threads, in alternation; the
 * first repetition warms up and is not counted.
 *
 * <p>Prints milliseconds per superstep, least and median over rounds, of the wall clock and of the
 * process's processor time (which other work on the machine disturbs little, and which counts
 * garbage collection and compilation), and where they go on Spark. {@code overhead} is Spark less
 * local; as Spark has two threads where local has one, {@code strict} takes off half of local only.
 */
public final class SuperstepBench {
  private static final int AGENTS = 8;
  private static final int ROUNDS = 3;

  private final int steps;
  private final Network network =
      Zoo.create("mlp", new ZooOptions(new Shape(1, 28, 28), 100, 2, Shortcut.CONV3X3));
  private final SparkSession session =
      SparkSession.builder()
          .master("local[2,4]")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .getOrCreate();
  private final Path folder = Files.createTempDirectory("dimat-bench");
  private final Shards shards =
      new ShardWriter(
              session,
              folder.resolve("shards").toString(),
              Sources.open(Sources.SAMPLE, Optional.empty()),
              new Division(new IidPartitioner(), AGENTS, new Selection(0, 300L * AGENTS), 1))
          .write();
  private final List<ImageBlock> images =
      IntStream.range(0, AGENTS).mapToObj(shards::train).toList();
  private final ImageBlock test = shards.test().sample(10, 1);
  private final FeedSettings feed =
      new FeedSettings(shards.dataset().normalization(), Augmentation.NONE, 16, new Seeds(1));

  private SuperstepBench(int steps) throws Exception {
    this.steps = steps;
  }

  public static void main(String[] args) throws Exception {
    SuperstepBench bench = new SuperstepBench(Integer.parseInt(args[0]));
    RunPlan plan = bench.plan();
    Laps local = new Laps(bench.steps + 1);
    Laps spark = new Laps(bench.steps + 1);
    bench.local(plan, new Laps(1));
    bench.spark(plan, bench.folder.resolve("warm-up"), new Laps(1));
    SuperstepTimes times = SuperstepTimes.listen(bench.session.sparkContext());
    for (int r = 0; r < Integer.parseInt(args[1]); r++) {
      bench.local(plan, local);
      bench.spark(plan, bench.folder.resolve("out-" + r), spark);
    }
    print("wall", local.wall(), spark.wall());
    print("processor", local.processor(), spark.processor());
    times.print(System.out);
    bench.session.stop();
    StateCosts.print(System.out, bench.network, bench.folder.resolve("costs"));
  }

  private static void print(String name, List<Double> local, List<Double> spark) {
    Quantiles l = Quantiles.of(local);
    Quantiles s = Quantiles.of(spark);
    System.out.printf(
        Locale.ROOT,
        "%s, ms a superstep: least spark=%.1f local=%.1f overhead=%.1f strict=%.1f;"
            + " median spark=%.1f local=%.1f overhead=%.1f strict=%.1f%n",
        name,
        s.least(),
        l.least(),
        s.least() - l.least(),
        s.least() - l.least() / 2,
        s.median(),
        l.median(),
        s.median() - l.median(),
        s.median() - l.median() / 2);
  }

  private RunPlan plan() {
    LocalTraining training =
        new LocalTraining(
            InitPolicy.COMMON,
            0,
            new LocalWork.Epochs(1),
            1,
            OptimizerSpec.sgd(0.01),
            OptimizerStatePolicy.RESET);
    IterativeTraining iterations =
        new IterativeTraining(
            training,
            steps,
            LearningRate.constant(0.01),
            0,
            GradientOracle.PLAIN,
            GossipStatistics.AVERAGE);
    return new RunPlan(
        Algorithms.create(
            "dsgd",
            new MethodOptions(
                training,
                Operators.Options.DEFAULTS,
                Finish.RECALIBRATE,
                ReferenceBasis.SELF,
                MergeReach.OWN,
                Optional.of(iterations),
                MethodSettings.DEFAULTS,
                Topology.ring(AGENTS))),
        network,
        MixingMatrix.metropolisHastings(Topology.ring(AGENTS)),
        new Seeds(1),
        ROUNDS,
        new EvaluationSchedule(ROUNDS, 0, ROUNDS));
  }

  private void local(RunPlan plan, Laps laps) {
    try (Dl4jLearner learner = new Dl4jLearner(network)) {
      new LocalEngine(
              learner,
              agent -> new ShardData(agent, images.get(agent), test, Optional.empty(), feed))
          .run(plan, (round, phase, states, metrics) -> laps.lap(round));
    }
  }

  private void spark(RunPlan plan, Path out, Laps laps) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    RunFolder run = new RunFolder(out.toString(), new Configuration());
    try (AgentShards blocks = AgentShards.open(shards, session)) {
      TaskSetup setup =
          new TaskSetup(
              plan,
              new StateStore(run, network.layout()),
              new Dl4jLearner.Factory(),
              SharedImages.of(context, test, Optional.empty()),
              feed,
              "bench");
      new SparkEngine(context, new ManifestStore(run, () -> {}), "bench", setup, blocks)
          .run(
              new SparkEngine.Listener() {
                @Override
                public void roundBegins(int round) {
                  // a round ends where the next begins
                }

                @Override
                public void committed(PhaseManifest phase, boolean resumed) {
                  if (!phase.phase().equals("consensus")) {
                    laps.lap(phase.round());
                  }
                }

                @Override
                public void roundDone(int round) {
                  // timed at the commit
                }
              });
    }
  }
}

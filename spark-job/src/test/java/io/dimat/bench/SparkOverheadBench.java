package io.dimat.bench;

import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.MethodOptions;
import io.dimat.algorithm.MethodSettings;
import io.dimat.algorithm.merging.MergeReach;
import io.dimat.algorithm.merging.ReferenceBasis;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.FeedSettings;
import io.dimat.feed.ShardData;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What Spark adds to a round: {@code SparkOverheadBench EPOCHS REPETITIONS}. The same plan (three
 * agents, 1200 images each, cnn) by {@link LocalEngine} and by {@link SparkEngine} on {@code
 * local[1]}, in alternation; prints the median seconds of a round of each and their ratio. The
 * Spark side also writes and commits every state and measures the consensus, which the local side
 * does not.
 */
public final class SparkOverheadBench {
  private static final int AGENTS = 3;
  private static final int ROUNDS = 2;

  private final Network network =
      Zoo.create("cnn", new ZooOptions(new Shape(1, 28, 28), 10, 1, Shortcut.CONV3X3));
  private final SparkSession session =
      SparkSession.builder()
          .master("local[1]")
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
              new Division(new IidPartitioner(), AGENTS, new Selection(0, 1200L * AGENTS), 1))
          .write();
  private final FeedSettings feed =
      new FeedSettings(shards.dataset().normalization(), Augmentation.NONE, 256, new Seeds(1));

  private SparkOverheadBench() throws Exception {}

  public static void main(String[] args) throws Exception {
    SparkOverheadBench bench = new SparkOverheadBench();
    RunPlan plan = bench.plan(Integer.parseInt(args[0]));
    List<Double> local = new ArrayList<>();
    List<Double> spark = new ArrayList<>();
    for (int r = 0; r < Integer.parseInt(args[1]); r++) {
      bench.local(plan, local);
      bench.spark(plan, bench.folder.resolve("out-" + r), spark);
    }
    System.out.printf(
        Locale.ROOT,
        "local=%.2f s spark=%.2f s ratio=%.3f%n",
        median(local),
        median(spark),
        median(spark) / median(local));
    bench.session.stop();
  }

  private RunPlan plan(int epochs) {
    Topology ring = Topology.ring(AGENTS);
    LocalTraining training =
        new LocalTraining(
            InitPolicy.PER_AGENT,
            0,
            new LocalWork.Epochs(epochs),
            50,
            OptimizerSpec.adam(1e-3),
            OptimizerStatePolicy.RESET);
    return new RunPlan(
        Algorithms.create(
            "dimat",
            new MethodOptions(
                training,
                Operators.Options.DEFAULTS,
                Finish.RECALIBRATE,
                ReferenceBasis.SELF,
                MergeReach.OWN,
                Optional.empty(),
                MethodSettings.DEFAULTS,
                ring)),
        network,
        MixingMatrix.metropolisHastings(ring),
        new Seeds(1),
        ROUNDS,
        new EvaluationSchedule(1, 1, ROUNDS));
  }

  private void local(RunPlan plan, List<Double> seconds) {
    long[] last = {0};
    try (Dl4jLearner learner = new Dl4jLearner(network)) {
      new LocalEngine(
              learner,
              agent ->
                  new ShardData(agent, shards.train(agent), shards.test(), Optional.empty(), feed))
          .run(
              plan,
              (round, phase, states, metrics) -> {
                if (!phase.equals("train")) {
                  lap(round, last, seconds);
                }
              });
    }
  }

  private void spark(RunPlan plan, Path out, List<Double> seconds) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    RunFolder run = new RunFolder(out.toString(), new Configuration());
    try (AgentShards images = AgentShards.open(shards, session)) {
      TaskSetup setup =
          new TaskSetup(
              plan,
              new StateStore(run, network.layout()),
              new Dl4jLearner.Factory(),
              SharedImages.of(context, shards.test(), Optional.empty()),
              feed,
              "bench");
      long[] last = {0};
      new SparkEngine(context, new ManifestStore(run, () -> {}), "bench", setup, images)
          .run(
              new SparkEngine.Listener() {
                @Override
                public void roundBegins(int round) {
                  // a round ends where the next begins
                }

                @Override
                public void committed(PhaseManifest phase, boolean resumed) {
                  // only whole rounds are timed
                }

                @Override
                public void roundDone(int round) {
                  lap(round, last, seconds);
                }
              });
    }
  }

  /** Round 0 initialises and is not counted. */
  private static void lap(int round, long[] last, List<Double> seconds) {
    long now = System.nanoTime();
    if (round > 0) {
      seconds.add((now - last[0]) * 1e-9);
    }
    last[0] = now;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}

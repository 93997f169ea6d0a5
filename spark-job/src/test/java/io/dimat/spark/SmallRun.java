package io.dimat.spark;

import io.dimat.LocalSession;
import io.dimat.algorithm.EveryAlgorithm;
import io.dimat.algorithm.merging.MergeReach;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.FeedSettings;
import io.dimat.feed.ShardData;
import io.dimat.learn.LearnerFactory;
import io.dimat.learn.OptimizerSpec;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.partition.Division;
import io.dimat.partition.IidPartitioner;
import io.dimat.partition.Selection;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import io.dimat.protocol.StateCodec;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.ShardWriter;
import io.dimat.shard.Shards;
import io.dimat.source.Sources;
import io.dimat.store.ManifestStore;
import io.dimat.store.PhaseManifest;
import io.dimat.store.RunFolder;
import io.dimat.store.StateStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A run small enough for tests: three agents on a ring, 60 images each, real pixels. */
final class SmallRun {
  static final int AGENTS = 3;
  static final SparkSession SESSION = LocalSession.get();

  final Network network =
      Zoo.create("cnn", new ZooOptions(new Shape(1, 28, 28), 10, 1, Shortcut.CONV3X3));
  final Shards shards;
  final FeedSettings feed;
  private final ImageBlock test;
  private final List<ShardData> data;

  SmallRun(Path folder) {
    Division division =
        new Division(new IidPartitioner(), AGENTS, new Selection(0, 60L * AGENTS), 3);
    shards =
        new ShardWriter(
                SESSION,
                folder.resolve("shards").toString(),
                Sources.open(Sources.SAMPLE, Optional.empty()),
                division)
            .openOrWrite();
    feed =
        new FeedSettings(
            shards.dataset().normalization(),
            new Augmentation(2, Augmentation.Flip.HORIZONTAL),
            32,
            new Seeds(9));
    test = shards.test().sample(50, 3);
    data =
        IntStream.range(0, AGENTS)
            .mapToObj(a -> new ShardData(a, shards.train(a), test, Optional.empty(), feed))
            .toList();
  }

  RunPlan plan(String algorithm, OptimizerSpec optimizer, int rounds) {
    return plan(network, algorithm, optimizer, rounds);
  }

  RunPlan plan(Network network, String algorithm, OptimizerSpec optimizer, int rounds) {
    return plan(network, algorithm, optimizer, OptimizerStatePolicy.KEEP, rounds);
  }

  RunPlan plan(
      Network network,
      String algorithm,
      OptimizerSpec optimizer,
      OptimizerStatePolicy state,
      int rounds) {
    return plan(network, algorithm, optimizer, state, MergeReach.OWN, rounds);
  }

  RunPlan plan(
      Network network,
      String algorithm,
      OptimizerSpec optimizer,
      OptimizerStatePolicy state,
      MergeReach reach,
      int rounds) {
    return EveryAlgorithm.plan(algorithm, network, AGENTS, optimizer, state, reach, 9, rounds);
  }

  /** Runs on Spark; what was committed, in order, goes to {@code seen}. */
  PhaseManifest run(RunPlan plan, LearnerFactory learners, Path out, List<PhaseManifest> seen) {
    RunFolder folder = folder(out);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(SESSION.sparkContext());
    TaskSetup setup =
        new TaskSetup(
            plan,
            new StateStore(folder, plan.network().layout()),
            learners,
            SharedImages.of(context, test, Optional.empty()),
            feed,
            "test");
    SparkEngine engine =
        new SparkEngine(
            context,
            new ManifestStore(folder, () -> {}),
            "fingerprint",
            setup,
            AgentShards.open(shards, SESSION));
    return engine.run(
        new SparkEngine.Listener() {
          @Override
          public void roundBegins(int round) {
            // phases say all that these tests ask
          }

          @Override
          public void committed(PhaseManifest phase, boolean resumed) {
            seen.add(phase);
          }

          @Override
          public void roundDone(int round) {
            // phases say all that these tests ask
          }
        });
  }

  PhaseManifest run(RunPlan plan, LearnerFactory learners, Path out) {
    return run(plan, learners, out, new ArrayList<>());
  }

  static RunFolder folder(Path out) {
    return new RunFolder(out.toString(), new Configuration());
  }

  static List<String> hashes(PhaseManifest phase) {
    return phase.agents().stream().map(entry -> entry.state().sha256()).toList();
  }

  /** What the plan must end with: hashes of the local engine's states. */
  List<String> localHashes(RunPlan plan) {
    try (Dl4jLearner learner = new Dl4jLearner(plan.network())) {
      SortedMap<Integer, AgentState> states =
          new LocalEngine(learner, data::get).run(plan, (round, phase, s, metrics) -> {});
      return states.values().stream()
          .map(state -> StateStore.sha256(StateCodec.encode(state, plan.network().layout())))
          .toList();
    }
  }
}

package io.dimat.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.LocalSession;
import io.dimat.algorithm.DriverAveraging;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.BlockImages;
import io.dimat.feed.FeedSettings;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.OptimizerSpec;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.Metric;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.source.ImageShape;
import io.dimat.source.Normalization;
import io.dimat.spark.SparkEngine;
import io.dimat.spark.SparkScores;
import io.dimat.store.ManifestStore;
import io.dimat.store.PhaseManifest;
import io.dimat.store.RunFolder;
import io.dimat.store.StateStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AveragingEngineTest {
  private static final JavaSparkContext SPARK =
      JavaSparkContext.fromSparkContext(LocalSession.get().sparkContext());
  private static final OptimizerSpec OPTIMIZER = OptimizerSpec.sgd(0.1);

  private final Network network =
      Zoo.create("mlp", new ZooOptions(new Shape(1, 4, 4), 2, 1, Shortcut.CONV3X3));
  private final List<String> seen = new ArrayList<>();

  @TempDir Path out;

  @Test
  void run_twoRounds_commitsOneModelForAllAgents() {
    PhaseManifest last = run(2);

    assertThat(seen)
        .containsExactly(
            "0 start", "0 consensus", "1 average", "1 consensus", "2 average", "2 consensus");
    assertThat(last.agents()).hasSize(2);
    assertThat(last.agents().get(1).state()).isEqualTo(last.agents().get(0).state());
    assertThat(last.agents().get(1).metrics().values())
        .containsEntry(Metric.IMAGES_TRAINED, 16.0)
        .containsEntry(Metric.BYTES_SENT, 2 * 4.0 * network.layout().size());
    assertThat(last.agents().get(0).metrics().values().get(Metric.TEST_ACCURACY))
        .isBetween(0.0, 1.0);
  }

  @Test
  void run_again_onlyWhatIsMissing() {
    run(1);
    seen.clear();

    run(2);

    assertThat(seen)
        .containsExactly(
            "0 start again",
            "0 consensus again",
            "1 average again",
            "1 consensus again",
            "2 average",
            "2 consensus");
  }

  private PhaseManifest run(int rounds) {
    FeedSettings feed =
        new FeedSettings(
            new Normalization(List.of(0.5), List.of(0.25)),
            new Augmentation(0, Augmentation.Flip.NEVER),
            8,
            new Seeds(5));
    Topology chain = Topology.chain(2);
    RunPlan plan =
        new RunPlan(
            new DriverAveraging(
                new LocalTraining(
                    InitPolicy.COMMON,
                    1,
                    new LocalWork.Epochs(1),
                    8,
                    OPTIMIZER,
                    OptimizerStatePolicy.RESET)),
            network,
            MixingMatrix.metropolisHastings(chain),
            new Seeds(5),
            rounds,
            new EvaluationSchedule(1, 1, rounds));
    RunFolder folder = new RunFolder(out.toString(), new Configuration());
    ParameterAveraging averaging =
        new ParameterAveraging(
            SPARK,
            SPARK.parallelize(List.of(block(0), block(1)), 2),
            network,
            feed,
            new AveragingSettings(AveragingSettings.ONCE_AN_EPOCH, 8, OPTIMIZER));
    BlockImages test = new BlockImages(block(2), feed.normalization(), 1);
    try (SparkScores scores = new SparkScores(SPARK, network, new Dl4jLearner.Factory(), test)) {
      AveragingEngine.Setup setup =
          new AveragingEngine.Setup(
              plan,
              new StateStore(folder, network.layout()),
              new ManifestStore(folder, () -> {}),
              "fingerprint",
              "test");
      return new AveragingEngine(setup, 1, new LocalWork.Epochs(1), averaging, scores)
          .run(new Recording());
    }
  }

  /** 16 images of two classes, dark and bright. */
  private static ImageBlock block(int shift) {
    ImageShape shape = new ImageShape(1, 4, 4);
    long[] indices = new long[16];
    int[] labels = new int[16];
    byte[] pixels = new byte[16 * shape.size()];
    for (int i = 0; i < 16; i++) {
      indices[i] = i;
      labels[i] = i % 2;
      for (int p = 0; p < shape.size(); p++) {
        pixels[i * shape.size() + p] = (byte) (60 * labels[i] + 5 * shift + p);
      }
    }
    return ImageBlock.of(shape, indices, labels, pixels);
  }

  private final class Recording implements SparkEngine.Listener {
    @Override
    public void roundBegins(int round) {
      // phases say all that these tests ask
    }

    @Override
    public void committed(PhaseManifest phase, boolean resumed) {
      seen.add(phase.round() + " " + phase.phase() + (resumed ? " again" : ""));
    }

    @Override
    public void roundDone(int round) {
      // phases say all that these tests ask
    }
  }
}

package io.dimat.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.LocalSession;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.FeedSettings;
import io.dimat.feed.ShardData;
import io.dimat.feed.TrainingStream;
import io.dimat.learn.BatchSource;
import io.dimat.learn.LocalOptimizer;
import io.dimat.learn.OptimizerSpec;
import io.dimat.network.Initialization;
import io.dimat.network.Network;
import io.dimat.network.ParamSpec;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.protocol.Seeds;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.source.ImageShape;
import io.dimat.source.Normalization;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterAveragingTest {
  private static final int CLASSES = 4;
  private static final int BATCH = 10;
  private static final ImageShape IMAGE = new ImageShape(1, 8, 8);
  private static final JavaSparkContext SPARK =
      JavaSparkContext.fromSparkContext(LocalSession.get().sparkContext());

  private final FeedSettings feed =
      new FeedSettings(
          new Normalization(List.of(0.5), List.of(0.25)),
          new Augmentation(1, Augmentation.Flip.NEVER),
          16,
          new Seeds(5));
  private final Network mlp = network("mlp");
  private final ParamVector start = Initialization.kaiming(mlp, 11);

  @ParameterizedTest
  @CsvSource({"2, 1000000", "3, 1000000", "3, 2", "2, 1"})
  void round_plainSgd_isTheMeanOfWhatAgentsLearnAlone(int agents, int every) {
    assertEqualsByHand(mlp, agents, every, OptimizerSpec.sgd(0.1), 1e-4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000000, 2})
  void round_momentum_averagesMomentaToo(int every) {
    assertEqualsByHand(mlp, 2, every, OptimizerSpec.momentum(0.05, 0.9), 1e-4);
  }

  @Test
  void round_adam_countsStepsOverAveragings() {
    assertEqualsByHand(mlp, 2, 2, OptimizerSpec.adam(1e-2), 1e-4);
  }

  @Test
  void round_weightDecay_decaysWeightsAndBiases() {
    OptimizerSpec decaying =
        new OptimizerSpec(OptimizerSpec.Kind.SGD, 0.1, 0, 0.9, 0.999, 1e-8, 0.1);

    assertEqualsByHand(mlp, 2, 2, decaying, 1e-4);
  }

  @Test
  void round_batchNorm_averagesRunningStatistics() {
    Network cnn = network("cnn");
    List<ImageBlock> shards = shards(2);
    OptimizerSpec optimizer = OptimizerSpec.momentum(0.05, 0.9);
    ParamVector from = Initialization.kaiming(cnn, 11);

    ParamVector model = averaging(cnn, shards, 2, optimizer).round(1, 1, from).model();

    ParamVector expected = byHand(cnn, shards, 2, optimizer, from);
    for (ParamSlice slice : cnn.layout().slices()) {
      // DL4J keeps the biased variance of a batch, we keep the unbiased one.
      double tolerance = slice.name().endsWith(ParamSpec.RUNNING_VARIANCE) ? 0.03 : 1e-4;
      assertThat(model.slice(slice.name()))
          .as(slice.name())
          .containsExactly(expected.slice(slice.name()), within((float) tolerance));
      assertThat(model.slice(slice.name())).isNotEqualTo(from.slice(slice.name()));
    }
  }

  @Test
  void round_repeatedOverRounds_accuracyRises() {
    List<ImageBlock> shards = shards(2);
    ParamVector model = start;
    double before = accuracy(model);

    for (int round = 1; round <= 4; round++) {
      model = averaging(mlp, shards, 3, OptimizerSpec.sgd(0.1)).round(round, 1, model).model();
    }

    assertThat(before).isLessThan(0.6);
    assertThat(accuracy(model)).isGreaterThan(0.9);
  }

  @Test
  void round_twoAgentsTwice_sameBits() {
    List<ImageBlock> shards = shards(2);

    AveragedRound first = averaging(mlp, shards, 2, OptimizerSpec.adam(1e-3)).round(1, 1, start);
    AveragedRound again = averaging(mlp, shards, 2, OptimizerSpec.adam(1e-3)).round(1, 1, start);

    assertThat(again).isEqualTo(first);
  }

  @Test
  void round_unequalShards_countsImagesAveragingsAndBytes() {
    List<ImageBlock> shards = List.of(block(45, 1), block(12, 2), block(31, 3));

    AveragedRound result = averaging(mlp, shards, 2, OptimizerSpec.sgd(0.1)).round(1, 2, start);

    // 5, 2 and 4 minibatches: their agents take part in 3, 1 and 2 averagings an epoch.
    long bytes = 2L * 4 * mlp.layout().size();
    assertThat(result.averagings()).isEqualTo(2 * 3);
    assertThat(result.shares())
        .containsExactly(
            new AveragedRound.Share(2 * 45, 2 * 3 * bytes),
            new AveragedRound.Share(2 * 12, 2 * bytes),
            new AveragedRound.Share(2 * 31, 2 * 2 * bytes));
  }

  @Test
  void round_momentum_bytesHoldItAndItsStepCounts() {
    AveragedRound result =
        averaging(mlp, shards(2), 1000000, OptimizerSpec.momentum(0.1, 0.9)).round(1, 1, start);

    int arrays = mlp.layout().slices().size();
    assertThat(result.total())
        .isEqualTo(new AveragedRound.Share(80, 2L * 2 * 4 * (2L * mlp.layout().size() + arrays)));
  }

  @Test
  void round_noEpochs_isTheStart() {
    AveragedRound result = averaging(mlp, shards(2), 1, OptimizerSpec.sgd(0.1)).round(0, 0, start);

    assertThat(result)
        .isEqualTo(
            new AveragedRound(
                start, 0, List.of(new AveragedRound.Share(0, 0), new AveragedRound.Share(0, 0))));
  }

  @Test
  void settings_everyNoMinibatch_saysTheRule() {
    assertThatThrownBy(() -> new AveragingSettings(0, BATCH, OptimizerSpec.sgd(0.1)))
        .hasMessage("averaging needs every >= 1 minibatches and batch >= 1, got 0 and 10");
  }

  private void assertEqualsByHand(
      Network network, int agents, int every, OptimizerSpec optimizer, double tolerance) {
    List<ImageBlock> shards = new ArrayList<>(shards(agents));
    shards.set(0, block(45, 1));
    ParamVector from = Initialization.kaiming(network, 11);

    ParamVector model = averaging(network, shards, every, optimizer).round(1, 1, from).model();

    ParamVector expected = byHand(network, shards, every, optimizer, from);
    assertThat(distance(expected, from)).isGreaterThan(100 * tolerance);
    assertThat(distance(model, expected)).isLessThan(tolerance);
  }

  /** The definition, with our own learner and optimizers: one epoch of round 1. */
  private ParamVector byHand(
      Network network,
      List<ImageBlock> shards,
      int every,
      OptimizerSpec optimizer,
      ParamVector from) {
    ParamVector model = from;
    SortedMap<String, float[]> slots = new TreeMap<>();
    int most =
        shards.stream().mapToInt(shard -> (shard.size() - 1) / BATCH + 1).max().orElseThrow();
    for (int first = 0; first < most; first += every) {
      List<ParamVector> models = new ArrayList<>();
      List<SortedMap<String, float[]>> states = new ArrayList<>();
      try (Dl4jLearner learner = new Dl4jLearner(network)) {
        for (int agent = 0; agent < shards.size(); agent++) {
          BatchSource batches =
              new TrainingStream(agent, feed).part(shards.get(agent), 1, 0, BATCH, first, every);
          if (batches.images() > 0) {
            LocalOptimizer local = optimizer.create();
            local.restore(slots, first);
            learner.load(model);
            learner.train(local, batches);
            models.add(learner.store());
            states.add(local.slots());
          }
        }
      }
      model = mean(models);
      slots = meanSlots(states);
    }
    return model;
  }

  private static ParamVector mean(List<ParamVector> models) {
    double[] weights = new double[models.size()];
    Arrays.fill(weights, 1.0 / models.size());
    return ParamVector.weightedSum(weights, models);
  }

  private static SortedMap<String, float[]> meanSlots(List<SortedMap<String, float[]>> states) {
    SortedMap<String, float[]> mean = new TreeMap<>();
    states
        .get(0)
        .forEach(
            (slot, values) -> {
              float[] sum = new float[values.length];
              for (SortedMap<String, float[]> state : states) {
                for (int i = 0; i < sum.length; i++) {
                  sum[i] += state.get(slot)[i] / states.size();
                }
              }
              mean.put(slot, sum);
            });
    return mean;
  }

  private ParameterAveraging averaging(
      Network network, List<ImageBlock> shards, int every, OptimizerSpec optimizer) {
    JavaRDD<ImageBlock> blocks = SPARK.parallelize(shards, shards.size());
    return new ParameterAveraging(
        SPARK, blocks, network, feed, new AveragingSettings(every, BATCH, optimizer));
  }

  private double accuracy(ParamVector model) {
    ImageBlock test = block(100, 99);
    try (Dl4jLearner learner = new Dl4jLearner(mlp)) {
      learner.load(model);
      return learner
          .evaluate(new ShardData(0, test, test, Optional.empty(), feed).test())
          .accuracy();
    }
  }

  private static double distance(ParamVector a, ParamVector b) {
    double most = 0;
    for (int i = 0; i < a.size(); i++) {
      most = Math.max(most, Math.abs(a.at(i) - b.at(i)));
    }
    return most;
  }

  private static Network network(String name) {
    return Zoo.create(
        name,
        new ZooOptions(
            new Shape(IMAGE.channels(), IMAGE.height(), IMAGE.width()),
            CLASSES,
            1,
            Shortcut.CONV3X3));
  }

  private static List<ImageBlock> shards(int agents) {
    List<ImageBlock> shards = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      shards.add(block(40, agent + 1));
    }
    return shards;
  }

  /** Images of class c are bright in quarter c, all under noise. */
  private static ImageBlock block(int images, long seed) {
    UniformRandomProvider random = RandomSource.SPLIT_MIX_64.create(seed);
    long[] indices = new long[images];
    int[] labels = new int[images];
    byte[] pixels = new byte[images * IMAGE.size()];
    for (int i = 0; i < images; i++) {
      indices[i] = i;
      labels[i] = random.nextInt(CLASSES);
      for (int p = 0; p < IMAGE.size(); p++) {
        int quarter = (p / 8 / 4) * 2 + (p % 8) / 4;
        pixels[i * IMAGE.size() + p] =
            (byte) ((quarter == labels[i] ? 100 : 40) + random.nextInt(100));
      }
    }
    return ImageBlock.of(IMAGE, indices, labels, pixels);
  }
}

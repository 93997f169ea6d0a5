package io.dimat.central;

import io.dimat.dl4j.StockGraph;
import io.dimat.feed.FeedSettings;
import io.dimat.network.Network;
import io.dimat.shard.ImageBlock;
import io.dimat.tensor.ParamVector;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Parameter averaging by DL4J's {@code SparkComputationGraph} and {@code
 * ParameterAveragingTrainingMaster}: what decentralized merging is held against. Agents train on
 * their own shards, on the same minibatches in the same order as all algorithms here, and after
 * every k of them the driver replaces all models by their mean:
 *
 * <pre>
 * repeat:  x_i &lt;- k minibatch steps from x on shard i, for every agent i that has some left
 *          x   &lt;- mean of those x_i, optimizer state and running statistics included
 * </pre>
 *
 * Every model passes the driver twice per averaging: this is not decentralized. An epoch ends with
 * an averaging, so that no batch of two epochs is formed; an agent whose shard is used up sits out
 * until the next epoch, and agents count the same however much they have (DL4J's rule).
 *
 * <p>Training is that of stock DL4J layers, which is much slower than {@link
 * io.dimat.dl4j.Dl4jLearner}. The driver adds models in the order in which tasks end: with three
 * agents or more, results repeat up to rounding.
 */
public final class ParameterAveraging {
  private final JavaSparkContext spark;
  private final JavaRDD<ImageBlock> shards;
  private final Network network;
  private final FeedSettings feed;
  private final AveragingSettings settings;
  private final List<Integer> sizes;

  /**
   * Counts the images of each shard; nothing is trained.
   *
   * @param shards partition i holds agent i's images, nothing else; read once per averaging, so
   *     they should be persisted
   */
  public ParameterAveraging(
      JavaSparkContext spark,
      JavaRDD<ImageBlock> shards,
      Network network,
      FeedSettings feed,
      AveragingSettings settings) {
    this.spark = spark;
    this.shards = shards;
    this.network = network;
    this.feed = feed;
    this.settings = settings;
    this.sizes = shards.map(ImageBlock::size).collect();
  }

  /**
   * One round. The same arguments give the same round, whatever was run before.
   *
   * @param round number of the round: with the epoch it tells which minibatches
   * @param epochs passes over all shards, at least 0
   * @param start all agents' model; not modified
   */
  public AveragedRound round(int round, int epochs, ParamVector start) {
    try (Trainer trainer = new Trainer(start)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        trainer.epoch(round, epoch);
      }
      return trainer.result();
    }
  }

  /** One round's graph on the driver, and what has gone through it. */
  private final class Trainer implements AutoCloseable {
    private final int every = Math.min(settings.every(), mostBatches());
    private final ComputationGraph graph;
    private final SparkComputationGraph master;
    private final AveragedRound.Share[] shares = new AveragedRound.Share[sizes.size()];
    private int averagings;

    Trainer(ParamVector start) {
      graph = StockGraph.trainable(network, start, settings.optimizer());
      master = new SparkComputationGraph(spark, graph, trainingMaster(every));
      Arrays.fill(shares, new AveragedRound.Share(0, 0));
    }

    void epoch(int round, int epoch) {
      for (int first = 0; first < mostBatches(); first += every) {
        MinibatchTask task =
            new MinibatchTask(
                feed, network.classes(), round, epoch, settings.batchSize(), first, every);
        master.fit(shards.mapPartitionsWithIndex(task, true));
        count(first);
      }
    }

    private void count(int first) {
      averagings++;
      long bytes = 2 * stateBytes();
      int from = first * settings.batchSize();
      int most = every * settings.batchSize();
      for (int agent = 0; agent < shares.length; agent++) {
        int images = Math.min(sizes.get(agent) - from, most);
        if (images > 0) {
          shares[agent] = shares[agent].plus(new AveragedRound.Share(images, bytes));
        }
      }
    }

    private long stateBytes() {
      INDArray optimizer = graph.getUpdater().getStateViewArray();
      return 4 * (graph.numParams() + (optimizer == null ? 0 : optimizer.length()));
    }

    AveragedRound result() {
      return new AveragedRound(StockGraph.params(network, graph), averagings, List.of(shares));
    }

    @Override
    public void close() {
      graph.close();
    }
  }

  /**
   * Data sets are minibatches as they are, and one fit gives each agent at most {@code every} of
   * them: nothing is split, shuffled or moved to another partition.
   */
  private ParameterAveragingTrainingMaster trainingMaster(int every) {
    return new ParameterAveragingTrainingMaster.Builder(sizes.size(), settings.batchSize())
        .batchSizePerWorker(settings.batchSize())
        .averagingFrequency(every)
        .workerPrefetchNumBatches(0)
        .saveUpdater(true)
        .repartionData(Repartition.Never)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(null)
        .build();
  }

  private int mostBatches() {
    return sizes.stream().mapToInt(this::batches).max().orElseThrow();
  }

  private int batches(int images) {
    return (images - 1) / settings.batchSize() + 1;
  }
}

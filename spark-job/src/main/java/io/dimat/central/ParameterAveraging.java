package io.dimat.central;

import io.dimat.dl4j.StockGraph;
import io.dimat.feed.FeedSettings;
import io.dimat.network.Network;
import io.dimat.shard.ImageBlock;
import io.dimat.tensor.ParamVector;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
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
    try (Trainer trainer = new Trainer(start, mostBatches())) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        trainer.epoch(round, epoch);
      }
      return trainer.result();
    }
  }

  /**
   * One round that is counted in minibatches, the same number for every agent, of the stream that
   * all algorithms here share.
   *
   * @param round number of the round, from 1 on
   * @param steps at least 1
   * @param start all agents' model; not modified
   */
  public AveragedRound steps(int round, int steps, ParamVector start) {
    try (Trainer trainer = new Trainer(start, steps)) {
      trainer.steps(round, steps);
      return trainer.result();
    }
  }

  /** One round's graph on the driver, and what has gone through it. */
  private final class Trainer implements AutoCloseable {
    private final int every;
    private final ComputationGraph graph;
    private final SparkComputationGraph master;
    private final AveragedRound.Share[] shares = new AveragedRound.Share[sizes.size()];
    private int averagings;

    Trainer(ParamVector start, int mostBatches) {
      every = Math.min(settings.every(), mostBatches);
      graph = StockGraph.trainable(network, start, settings.optimizer());
      master = new SparkComputationGraph(spark, graph, trainingMaster(every));
      Arrays.fill(shares, new AveragedRound.Share(0, 0));
    }

    void epoch(int round, int epoch) {
      int batch = settings.batchSize();
      int most = every; // a field would take the whole trainer along to the agents
      for (int f = 0; f < mostBatches(); f += most) {
        int first = f;
        fit((stream, shard) -> stream.part(shard, round, epoch, batch, first, most));
        count(size -> Math.min(size - first * batch, most * batch));
      }
    }

    void steps(int round, int steps) {
      int batch = settings.batchSize();
      for (int done = 0; done < steps; done += every) {
        long first = (long) steps * (round - 1) + done;
        int count = Math.min(every, steps - done);
        fit((stream, shard) -> stream.minibatches(shard, first, count, batch));
        count(size -> count * Math.min(size, batch));
      }
    }

    private void fit(MinibatchTask.Part part) {
      MinibatchTask task = new MinibatchTask(feed, network.classes(), part);
      master.fit(shards.mapPartitionsWithIndex(task, true));
    }

    /** Adds up an averaging; an agent without images sits out. */
    private void count(IntUnaryOperator imagesOfShard) {
      averagings++;
      long bytes = 2 * stateBytes();
      for (int agent = 0; agent < shares.length; agent++) {
        int images = imagesOfShard.applyAsInt(sizes.get(agent));
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

package io.dimat.central;

import io.dimat.dl4j.NativeThreads;
import io.dimat.feed.FeedSettings;
import io.dimat.feed.TrainingStream;
import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.network.Shape;
import io.dimat.shard.ImageBlock;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.Function2;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The minibatches of one agent between two averagings, as DL4J takes them, each made when it is
 * asked for.
 */
final class MinibatchTask implements Function2<Integer, Iterator<ImageBlock>, Iterator<DataSet>> {
  private static final long serialVersionUID = 1L;

  private final FeedSettings feed;
  private final int classes;
  private final int round;
  private final int epoch;
  private final int batchSize;
  private final int first;
  private final int count;

  /**
   * Batches of one epoch.
   *
   * @param first of them, 0-based
   * @param count how many at most
   */
  MinibatchTask(
      FeedSettings feed, int classes, int round, int epoch, int batchSize, int first, int count) {
    this.feed = feed;
    this.classes = classes;
    this.round = round;
    this.epoch = epoch;
    this.batchSize = batchSize;
    this.first = first;
    this.count = count;
  }

  @Override
  public Iterator<DataSet> call(Integer agent, Iterator<ImageBlock> shard) {
    NativeThreads.useOne();
    BatchSource batches =
        new TrainingStream(agent, feed).part(shard.next(), round, epoch, batchSize, first, count);
    return StreamSupport.stream(batches.spliterator(), false).map(this::dataSet).iterator();
  }

  private DataSet dataSet(Batch batch) {
    Shape shape = batch.shape();
    long[] images = {batch.size(), shape.channels(), shape.height(), shape.width()};
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch.size(), classes);
    for (int i = 0; i < batch.size(); i++) {
      labels.putScalar(i, batch.labels()[i], 1);
    }
    return new DataSet(Nd4j.create(batch.images(), images, 'c'), labels);
  }
}

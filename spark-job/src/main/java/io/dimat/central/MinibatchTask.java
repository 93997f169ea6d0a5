package io.dimat.central;

import io.dimat.dl4j.NativeThreads;
import io.dimat.feed.FeedSettings;
import io.dimat.feed.TrainingStream;
import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.network.Shape;
import io.dimat.shard.ImageBlock;
import java.io.Serializable;
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
  private final Part part;

  /** Some minibatches of an agent's stream. */
  interface Part extends Serializable {
    BatchSource of(TrainingStream stream, ImageBlock shard);
  }

  MinibatchTask(FeedSettings feed, int classes, Part part) {
    this.feed = feed;
    this.classes = classes;
    this.part = part;
  }

  @Override
  public Iterator<DataSet> call(Integer agent, Iterator<ImageBlock> shard) {
    NativeThreads.useOne();
    BatchSource batches = part.of(new TrainingStream(agent, feed), shard.next());
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

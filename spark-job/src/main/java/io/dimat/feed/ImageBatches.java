package io.dimat.feed;

import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.network.Shape;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.Minibatches;
import io.dimat.source.Normalization;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Images of a block, in a given order, cut into batches; the last one may be smaller. */
final class ImageBatches implements BatchSource {
  private final ImageBlock block;
  private final int[] order;
  private final int batchSize;
  private final Augmentation augmentation;
  private final Normalization normalization;
  private final long seed;

  ImageBatches(
      ImageBlock block,
      int[] order,
      int batchSize,
      Augmentation augmentation,
      Normalization normalization,
      long seed) {
    this.block = block;
    this.order = order;
    this.batchSize = batchSize;
    this.augmentation = augmentation;
    this.normalization = normalization;
    this.seed = seed;
  }

  /** The block in its own order, unchanged. */
  static ImageBatches plain(ImageBlock block, Normalization normalization) {
    int[] order = new int[block.size()];
    java.util.Arrays.setAll(order, i -> i);
    return new ImageBatches(
        block, order, FeedSettings.FORWARD_BATCH, Augmentation.NONE, normalization, 0);
  }

  @Override
  public int images() {
    return order.length;
  }

  @Override
  public Iterator<Batch> iterator() {
    Shape shape =
        new Shape(block.shape().channels(), block.shape().height(), block.shape().width());
    return new Iterator<>() {
      private int from;

      @Override
      public boolean hasNext() {
        return from < order.length;
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int to = Math.min(from + batchSize, order.length);
        float[] images = new float[(to - from) * shape.size()];
        Minibatches.fill(block, order, from, to, augmentation, normalization, seed, images);
        Batch batch = new Batch(shape, images, Minibatches.labels(block, order, from, to));
        from = to;
        return batch;
      }
    };
  }
}

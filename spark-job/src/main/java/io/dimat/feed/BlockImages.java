package io.dimat.feed;

import io.dimat.learn.Batch;
import io.dimat.network.Shape;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.Minibatches;
import io.dimat.source.Normalization;

/**
 * The images of a block in a random order, normalised, never augmented.
 *
 * @param seed of the order: see {@link Minibatches#order}
 */
public record BlockImages(ImageBlock block, Normalization normalization, long seed)
    implements ImageSet {
  private static final long UNUSED_SEED = 0;

  @Override
  public int size() {
    return block.size();
  }

  @Override
  public Shape shape() {
    return new Shape(block.shape().channels(), block.shape().height(), block.shape().width());
  }

  @Override
  public boolean labelled() {
    return true;
  }

  @Override
  public Batch batch(int from, int to) {
    int[] order = Minibatches.order(block.size(), seed);
    float[] images = new float[Math.multiplyExact(to - from, shape().size())];
    Minibatches.fill(block, order, from, to, Augmentation.NONE, normalization, UNUSED_SEED, images);
    return new Batch(shape(), images, Minibatches.labels(block, order, from, to));
  }

  /** As {@link ImageSet#fewer}: a sample of a block is what comes first in the seed's order. */
  @Override
  public BlockImages fewer(int most) {
    return new BlockImages(block.sample(most, seed), normalization, seed);
  }
}

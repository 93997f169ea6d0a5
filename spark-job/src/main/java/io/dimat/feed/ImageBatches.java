package io.dimat.feed;

import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.network.Shape;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.Minibatches;
import io.dimat.source.Normalization;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/** Images of a block, in a given order, cut into batches. */
final class ImageBatches implements BatchSource {
  private final ImageBlock block;
  private final int[] order;
  private final int[] ends;
  private final Augmentation augmentation;
  private final Normalization normalization;
  private final long seed;

  private ImageBatches(
      ImageBlock block,
      int[] order,
      int[] ends,
      Augmentation augmentation,
      Normalization normalization,
      long seed) {
    this.block = block;
    this.order = order;
    this.ends = ends;
    this.augmentation = augmentation;
    this.normalization = normalization;
    this.seed = seed;
  }

  /**
   * Shuffled and augmented, in batches of {@code size} images; the last one may be smaller.
   *
   * @param shuffle seed of the order
   * @param augment seed of what happens to the images
   */
  static ImageBatches training(
      ImageBlock block, FeedSettings settings, int size, long shuffle, long augment) {
    int images = block.size();
    int[] ends = new int[batches(images, size)];
    Arrays.setAll(ends, i -> (int) Math.min(images, (i + 1L) * size));
    return new ImageBatches(
        block,
        Minibatches.order(images, shuffle),
        ends,
        settings.augmentation(),
        settings.normalization(),
        augment);
  }

  /**
   * All images of the block, unchanged, in as few batches of at most {@link
   * FeedSettings#FORWARD_BATCH} images as will do: image i in batch i mod their number. Where a
   * dataset's order is by class, each batch so holds of every class its share: recalibration takes
   * the plain mean of each batch's own mean and variance, which says nothing of how classes differ
   * if they are not in one batch. For the same reason sizes differ by at most one: a small batch
   * would have too much say.
   */
  static ImageBatches plain(ImageBlock block, Normalization normalization) {
    int images = block.size();
    int[] order = new int[images];
    int[] ends = new int[batches(images, FeedSettings.FORWARD_BATCH)];
    int end = 0;
    for (int batch = 0; batch < ends.length; batch++) {
      int size = (images - batch - 1) / ends.length + 1;
      for (int i = 0; i < size; i++) {
        order[end + i] = batch + i * ends.length;
      }
      end += size;
      ends[batch] = end;
    }
    return new ImageBatches(block, order, ends, Augmentation.NONE, normalization, 0);
  }

  /**
   * Some of these batches.
   *
   * @param first of them, 0-based
   * @param count how many at most; fewer, or none, where these end
   */
  ImageBatches part(int first, int count) {
    int begin = Math.min(first, ends.length);
    int past = (int) Math.min(ends.length, (long) begin + count);
    int start = begin == 0 ? 0 : ends[begin - 1];
    int[] shifted = Arrays.stream(ends, begin, past).map(end -> end - start).toArray();
    int images = shifted.length == 0 ? 0 : shifted[shifted.length - 1];
    return new ImageBatches(
        block,
        Arrays.copyOfRange(order, start, start + images),
        shifted,
        augmentation,
        normalization,
        seed);
  }

  private static int batches(int images, int most) {
    return (int) (((long) images + most - 1) / most);
  }

  @Override
  public int images() {
    return order.length;
  }

  /** Batch number {@code index}. */
  Batch batch(int index) {
    Shape shape =
        new Shape(block.shape().channels(), block.shape().height(), block.shape().width());
    int from = index == 0 ? 0 : ends[index - 1];
    int to = ends[index];
    float[] images = new float[Math.multiplyExact(to - from, shape.size())];
    Minibatches.fill(block, order, from, to, augmentation, normalization, seed, images);
    return new Batch(shape, images, Minibatches.labels(block, order, from, to));
  }

  @Override
  public Iterator<Batch> iterator() {
    return IntStream.range(0, ends.length).mapToObj(this::batch).iterator();
  }
}

package io.dimat.feed;

import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.network.Network;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Consecutive batches of a set of images: the work of one task. How a set is cut depends on its
 * size and the network alone, so that sums over it are the same on every cluster.
 *
 * <p>The set is cut into as few batches of at most {@link FeedSettings#FORWARD_BATCH} images as
 * will do, equal but for one image, because recalibration takes the plain mean over batches; the
 * batches are dealt to at most {@link #MOST} stretches.
 *
 * @param index of the stretch, 0-based
 * @param batches of the whole set
 * @param from first batch
 * @param to end of the batches, exclusive
 */
public record Stretch(int index, int batches, int from, int to) implements Serializable {
  /** Bounds how many partial sums exist at a time. */
  static final int MOST = 16;

  /** 64 MB for the output of a layer. */
  private static final int LAYER_VALUES = 16_000_000;

  /** Fewer images would say too little of a batch's mean and variance. */
  private static final int LEAST = 16;

  /** All stretches of a set of {@code images} images, in order. */
  public static List<Stretch> of(int images) {
    return of(images, FeedSettings.FORWARD_BATCH);
  }

  /**
   * All stretches, in order, in batches that are as large as {@code network} lets them be: what one
   * layer makes of a batch has at most {@link #LAYER_VALUES} values.
   */
  public static List<Stretch> of(int images, Network network) {
    int batch = Math.max(LEAST, LAYER_VALUES / network.largestLayer());
    return of(images, Math.min(FeedSettings.FORWARD_BATCH, batch));
  }

  private static List<Stretch> of(int images, int most) {
    int batches = (images - 1) / most + 1;
    int stretches = Math.min(MOST, batches);
    return IntStream.range(0, stretches)
        .mapToObj(
            s -> new Stretch(s, batches, s * batches / stretches, (s + 1) * batches / stretches))
        .toList();
  }

  /** Number of batches in this stretch. */
  public int batchCount() {
    return to - from;
  }

  /** The batches of {@code images}, each made when it is asked for. */
  public BatchSource of(ImageSet images) {
    return new BatchSource() {
      @Override
      public int images() {
        return end(images, to - 1) - end(images, from - 1);
      }

      @Override
      public Iterator<Batch> iterator() {
        return IntStream.range(from, to)
            .mapToObj(b -> images.batch(end(images, b - 1), end(images, b)))
            .iterator();
      }
    };
  }

  private int end(ImageSet images, int batch) {
    return (int) ((batch + 1L) * images.size() / batches);
  }
}

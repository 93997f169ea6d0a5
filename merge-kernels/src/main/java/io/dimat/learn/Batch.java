package io.dimat.learn;

import io.dimat.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images and labels that are processed together.
 *
 * <p>The arrays are not copied: whoever makes a batch gives them away, whoever reads one does not
 * modify them.
 *
 * @param shape of one image
 * @param images normalised pixels, NCHW, {@code labels.length * shape.size()} values
 * @param labels class per image, 0-based
 */
@SuppressWarnings(
    "ArrayRecordComponent") // never compared: a batch is handed from reader to learner
public record Batch(Shape shape, float[] images, int[] labels) {
  public Batch {
    if (labels.length == 0 || images.length != (long) labels.length * shape.size()) {
      throw new IllegalArgumentException(
          "a batch of "
              + labels.length
              + " images of "
              + shape
              + " has "
              + (long) labels.length * shape.size()
              + " values, got "
              + images.length);
    }
  }

  /**
   * The batch in as few pieces of at most {@code most} images as will do, in order; the batch
   * itself if it is no larger.
   *
   * @param most at least 1
   */
  public List<Batch> parts(int most) {
    int parts = (size() + most - 1) / most;
    if (parts == 1) {
      return List.of(this);
    }
    return IntStream.range(0, parts)
        .mapToObj(p -> part((int) ((long) p * size() / parts), (int) ((p + 1L) * size() / parts)))
        .toList();
  }

  private Batch part(int from, int to) {
    return new Batch(
        shape,
        Arrays.copyOfRange(images, from * shape.size(), to * shape.size()),
        Arrays.copyOfRange(labels, from, to));
  }

  /** Number of images, at least 1. */
  public int size() {
    return labels.length;
  }
}

package io.dimat.learn;

import io.dimat.network.Shape;

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

  /** Number of images, at least 1. */
  public int size() {
    return labels.length;
  }
}

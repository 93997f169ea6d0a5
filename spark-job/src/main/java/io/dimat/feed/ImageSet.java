package io.dimat.feed;

import io.dimat.learn.Batch;
import io.dimat.network.Shape;
import java.io.Serializable;

/**
 * Images in a fixed random order that belong to no agent: what model files are merged and judged
 * on. The order is random because batches are consecutive images, and batch norm is re-estimated
 * from each batch's own mean and variance: a batch must not hold a few classes only.
 */
public interface ImageSet extends Serializable {
  /** Number of images, at least 1. */
  int size();

  /** Of one image. */
  Shape shape();

  /** False if the labels of {@link #batch} mean nothing. */
  boolean labelled();

  /** Images {@code from} to {@code to}, exclusive, as the network reads them. */
  Batch batch(int from, int to);

  /**
   * The images that come first, in an order of their own; the result holds no others.
   *
   * @param most how many at most, at least 1
   */
  ImageSet fewer(int most);
}

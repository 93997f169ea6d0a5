package io.dimat.feed;

import io.dimat.learn.Batch;
import io.dimat.network.Shape;
import java.io.Serializable;

/** Images in a fixed order that belong to no agent: what model files are merged and judged on. */
public interface ImageSet extends Serializable {
  /** Number of images, at least 1. */
  int size();

  /** Of one image. */
  Shape shape();

  /** False if the labels of {@link #batch} mean nothing. */
  boolean labelled();

  /** Images {@code from} to {@code to}, exclusive, as the network reads them. */
  Batch batch(int from, int to);
}

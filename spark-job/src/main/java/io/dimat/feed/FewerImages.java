package io.dimat.feed;

import io.dimat.learn.Batch;
import io.dimat.network.Shape;

/**
 * The first images of a set.
 *
 * @param most how many at most, at least 1
 */
public record FewerImages(ImageSet images, int most) implements ImageSet {
  @Override
  public int size() {
    return Math.min(most, images.size());
  }

  @Override
  public Shape shape() {
    return images.shape();
  }

  @Override
  public boolean labelled() {
    return images.labelled();
  }

  @Override
  public Batch batch(int from, int to) {
    return images.batch(from, to);
  }
}

package io.dimat.feed;

import io.dimat.interchange.ImageFile;
import io.dimat.learn.Batch;
import io.dimat.network.Shape;

/**
 * Consecutive images of a file, as they are.
 *
 * @param from first image
 * @param to end, exclusive
 */
public record FileImages(ImageFile file, int from, int to) implements ImageSet {
  public FileImages {
    if (from < 0 || to > file.size() || from >= to) {
      throw new IllegalArgumentException(
          "a file of %d images has no images from %d to %d".formatted(file.size(), from, to));
    }
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public Shape shape() {
    return file.shape();
  }

  @Override
  public boolean labelled() {
    return file.labelled();
  }

  @Override
  public Batch batch(int first, int end) {
    return file.batch(from + first, end - first);
  }
}

package io.dimat.feed;

import io.dimat.interchange.ImageFile;
import io.dimat.learn.Batch;
import io.dimat.network.Shape;
import io.dimat.shard.Minibatches;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Images of a file, as they are.
 *
 * @param images all of them and no others: a set is sent to executors
 */
public record FileImages(ImageFile images) implements ImageSet {
  /**
   * Copies images of a file that a seed draws. Ranges that do not overlap draw different images.
   *
   * @param from first place in the random order that {@link Minibatches#order} gives the file
   * @param to end of the places, exclusive
   * @throws IllegalArgumentException if the order has no such places
   */
  public static FileImages drawn(ImageFile file, int from, int to, long seed) {
    if (from < 0 || to > file.size() || from >= to) {
      throw new IllegalArgumentException(
          "a file of %d images has no images from %d to %d".formatted(file.size(), from, to));
    }
    int[] order = Minibatches.order(file.size(), seed);
    return new FileImages(file.select(Arrays.copyOfRange(order, from, to)));
  }

  @Override
  public int size() {
    return images.size();
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
    return images.batch(from, to - from);
  }

  @Override
  public FileImages fewer(int most) {
    return new FileImages(
        images.select(IntStream.range(0, Math.min(most, images.size())).toArray()));
  }
}

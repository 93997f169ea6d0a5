package io.dimat.shard;

import java.io.Serializable;
import java.util.List;

/**
 * One Parquet file of a shard folder, by its content.
 *
 * @param file path relative to the folder
 * @param count number of images, at least 1
 * @param histogram number of images of class c at position c
 * @param sha256 of the rows in ascending order of their index, each as index (8 bytes, big-endian),
 *     label (4 bytes, big-endian), pixels; in hexadecimal digits
 */
public record BlockFile(String file, int count, List<Integer> histogram, String sha256)
    implements Serializable {
  public BlockFile {
    histogram = List.copyOf(histogram);
    if (count < 1 || histogram.stream().mapToLong(Integer::longValue).sum() != count) {
      throw new IllegalArgumentException(
          "%s holds at least 1 image and its class histogram sums to their number, got %d images, %s"
              .formatted(file, count, histogram));
    }
    if (file.startsWith("/") || file.contains("..") || file.contains(":")) {
      throw new IllegalArgumentException("a block file lies inside its folder, got " + file);
    }
  }

  /** What a block that was read from {@code file} is. */
  static BlockFile of(String file, ImageBlock block, int classes) {
    List<Integer> histogram = java.util.Arrays.stream(block.histogram(classes)).boxed().toList();
    return new BlockFile(file, block.size(), histogram, Sha256.of(block));
  }
}

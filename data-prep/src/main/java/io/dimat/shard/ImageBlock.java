package io.dimat.shard;

import io.dimat.source.ImageShape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Labelled images of one shape in memory, in ascending order of their dataset index. Immutable; at
 * least one image. Pixels are one byte each, image by image, CHW.
 */
public final class ImageBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ImageShape shape;
  private final long[] indices;
  private final int[] labels;
  private final byte[] pixels;

  private ImageBlock(ImageShape shape, long[] indices, int[] labels, byte[] pixels) {
    this.shape = shape;
    this.indices = indices;
    this.labels = labels;
    this.pixels = pixels;
  }

  /**
   * A block of copies of these arrays.
   *
   * @param indices in the dataset, strictly ascending, not negative
   * @param labels class per image, not negative
   * @param pixels {@code indices.length * shape.size()} bytes
   */
  public static ImageBlock of(ImageShape shape, long[] indices, int[] labels, byte[] pixels) {
    return owning(shape, indices.clone(), labels.clone(), pixels.clone());
  }

  /** As {@link #of}, but without copies: the caller gives the arrays away. */
  static ImageBlock owning(ImageShape shape, long[] indices, int[] labels, byte[] pixels) {
    int n = indices.length;
    if (n == 0 || labels.length != n || pixels.length != (long) n * shape.size()) {
      throw new IllegalArgumentException(
          "a block of n >= 1 images of %s has n indices, n labels and %d n bytes, got %d, %d and %d"
              .formatted(shape, shape.size(), n, labels.length, pixels.length));
    }
    long last = -1;
    for (long index : indices) {
      if (index <= last) {
        throw new IllegalArgumentException(
            "indices of a block ascend strictly from 0 on, got %d after %d".formatted(index, last));
      }
      last = index;
    }
    for (int label : labels) {
      if (label < 0) {
        throw new IllegalArgumentException("labels are not negative, got " + label);
      }
    }
    return new ImageBlock(shape, indices, labels, pixels);
  }

  /**
   * All images of several blocks in one.
   *
   * @param blocks at least one, of one shape, no image in two of them; not modified
   */
  public static ImageBlock union(List<ImageBlock> blocks) {
    record Place(ImageBlock block, int image) {}
    List<Place> places = new ArrayList<>();
    for (ImageBlock block : blocks) {
      for (int i = 0; i < block.size(); i++) {
        places.add(new Place(block, i));
      }
    }
    places.sort(Comparator.comparingLong(place -> place.block.index(place.image)));
    ImageShape shape = blocks.get(0).shape;
    byte[] pixels = new byte[Math.multiplyExact(places.size(), shape.size())];
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      System.arraycopy(
          place.block.pixels, place.image * shape.size(), pixels, i * shape.size(), shape.size());
    }
    return owning(
        shape,
        places.stream().mapToLong(place -> place.block.index(place.image)).toArray(),
        places.stream().mapToInt(place -> place.block.label(place.image)).toArray(),
        pixels);
  }

  public ImageShape shape() {
    return shape;
  }

  /** Number of images, at least 1. */
  public int size() {
    return labels.length;
  }

  /** Class of image i. */
  public int label(int i) {
    return labels[i];
  }

  /** Dataset index of image i. */
  public long index(int i) {
    return indices[i];
  }

  /** A copy of image i's bytes, CHW. */
  public byte[] image(int i) {
    java.util.Objects.checkIndex(i, labels.length);
    return Arrays.copyOfRange(pixels, i * shape.size(), (i + 1) * shape.size());
  }

  /** All pixels; not a copy, for readers of this package that do not modify it. */
  byte[] rawPixels() {
    return pixels;
  }

  /**
   * Number of images of class c at position c.
   *
   * @param classes more than the largest label
   */
  public int[] histogram(int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /**
   * A seeded random choice without repetition, again sorted by index; this block itself if {@code
   * n} is its size or more. Samples of one seed are nested: a smaller one is part of a larger one.
   *
   * @param n at least 1
   */
  public ImageBlock sample(int n, long seed) {
    if (n < 1) {
      throw new IllegalArgumentException("a sample has at least 1 image, got " + n);
    }
    if (n >= size()) {
      return this;
    }
    int[] chosen = Arrays.copyOf(Minibatches.order(size(), seed), n);
    Arrays.sort(chosen);
    long[] newIndices = new long[n];
    int[] newLabels = new int[n];
    byte[] newPixels = new byte[n * shape.size()];
    for (int i = 0; i < n; i++) {
      newIndices[i] = indices[chosen[i]];
      newLabels[i] = labels[chosen[i]];
      System.arraycopy(pixels, chosen[i] * shape.size(), newPixels, i * shape.size(), shape.size());
    }
    return new ImageBlock(shape, newIndices, newLabels, newPixels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageBlock that
        && shape.equals(that.shape)
        && Arrays.equals(indices, that.indices)
        && Arrays.equals(labels, that.labels)
        && Arrays.equals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(indices) + Arrays.hashCode(labels)) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "ImageBlock[%d images of %s]".formatted(size(), shape);
  }
}

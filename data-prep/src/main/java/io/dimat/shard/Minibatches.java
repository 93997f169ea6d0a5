package io.dimat.shard;

import io.dimat.source.ImageShape;
import io.dimat.source.Normalization;

/**
 * Kernels that turn stored images into batches of normalised floats. What happens to an image
 * depends on the seed and on the image alone, never on the batch it is in.
 */
public final class Minibatches {
  private Minibatches() {}

  /** The numbers 0 to n - 1 in a random order that only {@code n} and the seed decide. */
  public static int[] order(int n, long seed) {
    int[] order = new int[n];
    long state = mix(seed);
    for (int i = 0; i < n; i++) {
      state += GOLDEN;
      int j = below(mix(state), i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Labels of {@code block} at {@code order[from..to)}. */
  public static int[] labels(ImageBlock block, int[] order, int from, int to) {
    int[] labels = new int[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = block.label(order[i]);
    }
    return labels;
  }

  /**
   * Writes the images {@code order[from..to)} of the block as NCHW floats: crop and flip on the
   * bytes, with zero bytes outside the image, then {@code (p / 255 - mean) / deviation}.
   *
   * @param block not modified
   * @param order positions in the block; not modified
   * @param normalization one entry per channel of the block
   * @param seed of the draws: image x's come from the stream of (seed, its dataset index)
   * @param out modified in its first {@code (to - from) * block.shape().size()} places
   */
  public static void fill(
      ImageBlock block,
      int[] order,
      int from,
      int to,
      Augmentation augmentation,
      Normalization normalization,
      long seed,
      float[] out) {
    ImageShape shape = block.shape();
    if (normalization.channels() != shape.channels()) {
      throw new IllegalArgumentException(
          "images of %s need a normalization of as many channels, got %d"
              .formatted(shape, normalization.channels()));
    }
    if (out.length < (long) (to - from) * shape.size()) {
      throw new IllegalArgumentException(
          "%d images of %s need %d places, got %d"
              .formatted(to - from, shape, (long) (to - from) * shape.size(), out.length));
    }
    float[] table = normalization.table();
    byte[] pixels = block.rawPixels();
    boolean untouched = augmentation.equals(Augmentation.NONE);
    for (int i = from; i < to; i++) {
      int source = order[i] * shape.size();
      int target = (i - from) * shape.size();
      if (untouched) {
        copy(pixels, source, shape, table, out, target);
      } else {
        long draw = stream(seed, block.index(order[i]));
        augment(pixels, source, shape, table, augmentation, draw, out, target);
      }
    }
  }

  private static void copy(
      byte[] pixels, int source, ImageShape shape, float[] table, float[] out, int target) {
    int plane = shape.height() * shape.width();
    for (int c = 0; c < shape.channels(); c++) {
      int base = c << 8;
      int shift = source + c * plane;
      int start = target + c * plane;
      for (int p = 0; p < plane; p++) {
        out[start + p] = table[base + (pixels[shift + p] & 0xff)];
      }
    }
  }

  private static void augment(
      byte[] pixels,
      int source,
      ImageShape shape,
      float[] table,
      Augmentation augmentation,
      long draw,
      float[] out,
      int target) {
    int positions = 2 * augmentation.padding() + 1;
    int down = below(mix(draw + GOLDEN), positions) - augmentation.padding();
    int right = below(mix(draw + 2 * GOLDEN), positions) - augmentation.padding();
    boolean flip =
        augmentation.flip() == Augmentation.Flip.HORIZONTAL && mix(draw + 3 * GOLDEN) < 0;
    int height = shape.height();
    int width = shape.width();
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < height; y++) {
        int row = (c * height + y) * width;
        int from = y + down;
        if (from < 0 || from >= height) {
          java.util.Arrays.fill(out, target + row, target + row + width, table[c << 8]);
        } else {
          int line = source + (c * height + from) * width;
          shiftRow(pixels, line, width, right, flip, table, c << 8, out, target + row);
        }
      }
    }
  }

  /** One row: column x of the crop is column x + right of the image, zero outside of it. */
  private static void shiftRow(
      byte[] pixels,
      int line,
      int width,
      int right,
      boolean flip,
      float[] table,
      int base,
      float[] out,
      int target) {
    int first = Math.min(width, Math.max(0, -right));
    int last = Math.max(first, Math.min(width, width - right));
    int step = flip ? -1 : 1;
    int place = flip ? target + width - 1 : target;
    float zero = table[base];
    for (int x = 0; x < first; x++, place += step) {
      out[place] = zero;
    }
    for (int x = first; x < last; x++, place += step) {
      out[place] = table[base + (pixels[line + x + right] & 0xff)];
    }
    for (int x = last; x < width; x++, place += step) {
      out[place] = zero;
    }
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * Output function of SplitMix64 (Steele, Lea, Flood 2014). The agents' seeds go through the same
   * one in merge-kernels; it is here again because the two libraries do not know each other.
   */
  private static long mix(long x) {
    long z = x;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Seed of what is drawn for one image, by its dataset index. */
  static long stream(long seed, long index) {
    return mix(mix(seed) + GOLDEN * (index + 1));
  }

  /** An integer in [0, bound) from 32 of the bits; its bias is below bound / 2^32. */
  private static int below(long bits, int bound) {
    return (int) (((bits >>> 32) * bound) >>> 32);
  }
}

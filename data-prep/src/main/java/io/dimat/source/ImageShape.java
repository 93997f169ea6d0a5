package io.dimat.source;

import java.io.Serializable;

/** Channels, height and width of every image of a dataset; all at least 1. */
public record ImageShape(int channels, int height, int width) implements Serializable {
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image has at least 1 channel, row and column, got %d x %d x %d"
              .formatted(channels, height, width));
    }
  }

  /**
   * Bytes of one image at one byte per pixel and channel.
   *
   * @throws ArithmeticException if no array can hold them
   */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}

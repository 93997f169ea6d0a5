package io.dimat.network;

import java.io.Serializable;

/**
 * Shape of one sample's features, channel-major. A vector of n features is (n, 1, 1).
 *
 * @param channels at least 1
 * @param height at least 1
 * @param width at least 1
 */
public record Shape(int channels, int height, int width) implements Serializable {
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a shape needs positive sizes, got " + channels + "x" + height + "x" + width);
    }
  }

  public static Shape vector(int features) {
    return new Shape(features, 1, 1);
  }

  /** Positions per channel: height x width. */
  public int positions() {
    return Math.multiplyExact(height, width);
  }

  /** Values per sample: channels x height x width. */
  public int size() {
    return Math.multiplyExact(channels, positions());
  }

  @Override
  public String toString() {
    return height == 1 && width == 1 ? "" + channels : channels + "x" + height + "x" + width;
  }
}

package io.dimat.shard;

import io.dimat.source.ImageShape;

/**
 * Turns an image about its centre, clockwise as it is looked at, row 0 on top. Pixel (x, y) of the
 * result is read, bilinearly between its four neighbours, where the opposite turn takes (x, y);
 * pixels outside of the image are 0.
 *
 * @param angle in radians
 */
record Rotation(ImageShape shape, double angle) {
  /**
   * The turned image.
   *
   * @param image CHW; not modified
   */
  byte[] apply(byte[] image) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double middleX = (shape.width() - 1) / 2.0;
    double middleY = (shape.height() - 1) / 2.0;
    byte[] turned = new byte[image.length];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        double fromX = middleX + cos * (x - middleX) + sin * (y - middleY);
        double fromY = middleY - sin * (x - middleX) + cos * (y - middleY);
        for (int c = 0; c < shape.channels(); c++) {
          turned[place(c, y, x)] = pixel(between(image, c, fromY, fromX));
        }
      }
    }
    return turned;
  }

  /** The nearest byte. */
  static byte pixel(double value) {
    return (byte) Math.round(Math.max(0, Math.min(255, value)));
  }

  private double between(byte[] image, int channel, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double down = y - top;
    double right = x - left;
    return (1 - down)
            * ((1 - right) * at(image, channel, top, left)
                + right * at(image, channel, top, left + 1))
        + down
            * ((1 - right) * at(image, channel, top + 1, left)
                + right * at(image, channel, top + 1, left + 1));
  }

  private int at(byte[] image, int channel, int y, int x) {
    boolean inside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
    return inside ? image[place(channel, y, x)] & 0xff : 0;
  }

  private int place(int channel, int y, int x) {
    return (channel * shape.height() + y) * shape.width() + x;
  }
}

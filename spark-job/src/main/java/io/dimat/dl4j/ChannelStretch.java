package io.dimat.dl4j;

import io.dimat.network.Shape;

/** Some neighbouring channels of a tensor, and a tensor of them alone. Not thread-safe. */
final class ChannelStretch {
  private final Shape whole;
  private final int first;
  private final int channels;
  private final float[] image;

  /**
   * @param whole shape of one image with all channels
   * @param part shape of one image with the channels of the stretch
   * @param first channel of the stretch
   */
  ChannelStretch(Shape whole, Shape part, int first) {
    this.whole = whole;
    this.first = first;
    this.channels = part.channels();
    this.image = new float[part.size()];
  }

  /** {@code part = all[first .. first + channels]}. */
  void copyOut(Tensor all, Tensor part) {
    for (int n = 0; n < all.count(); n++) {
      for (int p = 0; p < whole.positions(); p++) {
        all.read(at(n, p), image, p * channels, channels);
      }
      part.write(n * image.length, image, image.length);
    }
  }

  /** {@code all[first .. first + channels] = part}; the other channels stay as they are. */
  void copyIn(Tensor part, Tensor all) {
    for (int n = 0; n < all.count(); n++) {
      part.read(n * image.length, image, image.length);
      for (int p = 0; p < whole.positions(); p++) {
        all.write(at(n, p), image, p * channels, channels);
      }
    }
  }

  private int at(int image, int position) {
    return (image * whole.positions() + position) * whole.channels() + first;
  }
}

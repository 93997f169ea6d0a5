package io.dimat.dl4j;

import io.dimat.network.Shape;

/** One image between the channel-major order of the outside and the channels-last order inside. */
final class Transpose {
  private Transpose() {}

  /**
   * @param from [height, width, channels]; not modified
   * @param to [channels, height, width] from index {@code at} on
   */
  static void toChannelMajor(Shape shape, float[] from, float[] to, int at) {
    int channels = shape.channels();
    int positions = shape.positions();
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < positions; p++) {
        to[at + c * positions + p] = from[p * channels + c];
      }
    }
  }

  /**
   * @param from [channels, height, width] from index {@code at} on; not modified
   * @param to [height, width, channels]
   */
  static void toChannelsLast(Shape shape, float[] from, int at, float[] to) {
    int channels = shape.channels();
    int positions = shape.positions();
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < positions; p++) {
        to[p * channels + c] = from[at + c * positions + p];
      }
    }
  }
}

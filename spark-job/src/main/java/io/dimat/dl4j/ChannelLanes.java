package io.dimat.dl4j;

/**
 * Per-channel numbers for channels-last data. A row of lanes is the channels repeated until it is
 * at least 256 long: a loop over a row then runs over consecutive floats of the data and of the
 * lanes, and becomes vector instructions however few channels there are.
 */
final class ChannelLanes {
  private static final int LEAST_WIDTH = 256;
  private static final int LEAST_ROWS = 8;
  private static final int TILE = 4096;

  private ChannelLanes() {}

  /** Length of a row: a multiple of {@code channels}. */
  static int width(int channels) {
    return channels * Math.max(1, (LEAST_WIDTH + channels - 1) / channels);
  }

  /** Length of a tile: some rows, few enough to add up in single precision. */
  static int tile(int channels) {
    int width = width(channels);
    return width * Math.max(LEAST_ROWS, TILE / width);
  }

  /** Repeats {@code perChannel} over a row. */
  static void spread(double[] perChannel, float[] lanes) {
    int channels = perChannel.length;
    for (int at = 0; at < lanes.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        lanes[at + c] = (float) perChannel[c];
      }
    }
  }

  /** Adds a row up per channel and clears it; {@code perChannel} is overwritten. */
  static void fold(float[] lanes, double[] perChannel) {
    int channels = perChannel.length;
    java.util.Arrays.fill(perChannel, 0);
    for (int at = 0; at < lanes.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        perChannel[c] += lanes[at + c];
      }
    }
    java.util.Arrays.fill(lanes, 0f);
  }
}

package io.dimat.dl4j;

import java.util.Arrays;

/**
 * Per-channel numbers for channels-last data. Lanes are the channels repeated until they fill a row
 * of at least 1024: a loop over a row of data and its lanes, all indexed alike, becomes vector
 * instructions however few channels there are. (An index with an offset would not.)
 */
final class ChannelLanes {
  private static final int LEAST_WIDTH = 1024;

  /** Rows that may be added up in single precision before they are folded. */
  static final int ROWS_PER_FOLD = 16;

  private ChannelLanes() {}

  /** Length of a row: a multiple of {@code channels}. */
  static int width(int channels) {
    return channels * Math.max(1, (LEAST_WIDTH + channels - 1) / channels);
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

  /** Adds a row to the sums per channel, and clears it. */
  static void fold(float[] lanes, double[] sums) {
    int channels = sums.length;
    for (int at = 0; at < lanes.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        sums[c] += lanes[at + c];
      }
    }
    Arrays.fill(lanes, 0f);
  }
}

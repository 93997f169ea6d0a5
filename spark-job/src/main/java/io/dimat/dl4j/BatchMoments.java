package io.dimat.dl4j;

import java.util.Arrays;

/**
 * Mean and variance per channel of a channels-last tensor. Values are taken relative to the mean of
 * the first rows before they are squared, so that a large mean costs no digits of the variance.
 */
final class BatchMoments {
  private final int channels;
  private final float[] row;
  private final float[] pivot;
  private final float[] sumLanes;
  private final float[] squareLanes;
  private final double[] pivots;
  private final double[] sums;
  private final double[] squares;
  private double count;

  BatchMoments(int channels) {
    int width = ChannelLanes.width(channels);
    this.channels = channels;
    this.row = new float[width];
    this.pivot = new float[width];
    this.sumLanes = new float[width];
    this.squareLanes = new float[width];
    this.pivots = new double[channels];
    this.sums = new double[channels];
    this.squares = new double[channels];
  }

  void measure(Tensor x) {
    int length = x.length();
    count = (double) length / channels;
    findPivots(x, Math.min(length, row.length * ChannelLanes.ROWS_PER_FOLD));
    Arrays.fill(sums, 0);
    Arrays.fill(squares, 0);
    int rows = 0;
    for (int from = 0; from < length; from += row.length) {
      int n = Math.min(row.length, length - from);
      x.read(from, row, n);
      accumulate(row, n, pivot, sumLanes, squareLanes);
      if (++rows % ChannelLanes.ROWS_PER_FOLD == 0) {
        fold();
      }
    }
    fold();
  }

  private void findPivots(Tensor x, int length) {
    Arrays.fill(pivots, 0);
    for (int from = 0; from < length; from += row.length) {
      int n = Math.min(row.length, length - from);
      x.read(from, row, n);
      add(row, n, sumLanes);
    }
    ChannelLanes.fold(sumLanes, pivots);
    for (int c = 0; c < channels; c++) {
      pivots[c] = (float) (pivots[c] * channels / length);
    }
    ChannelLanes.spread(pivots, pivot);
  }

  private void fold() {
    ChannelLanes.fold(sumLanes, sums);
    ChannelLanes.fold(squareLanes, squares);
  }

  private static void add(float[] x, int n, float[] sum) {
    for (int i = 0; i < n; i++) {
      sum[i] += x[i];
    }
  }

  private static void accumulate(float[] x, int n, float[] pivot, float[] sum, float[] square) {
    for (int i = 0; i < n; i++) {
      float d = x[i] - pivot[i];
      sum[i] += d;
      square[i] += d * d;
    }
  }

  /** Observations per channel of the last {@link #measure}. */
  double count() {
    return count;
  }

  double mean(int channel) {
    return pivots[channel] + sums[channel] / count;
  }

  /** Population variance. */
  double biasedVariance(int channel) {
    return deviations(channel) / count;
  }

  /** Sample variance; of a single observation 0. */
  double unbiasedVariance(int channel) {
    return deviations(channel) / Math.max(1, count - 1);
  }

  /** Sum of squared deviations from the mean. */
  private double deviations(int channel) {
    double shift = sums[channel];
    return Math.max(0, squares[channel] - shift * shift / count);
  }
}

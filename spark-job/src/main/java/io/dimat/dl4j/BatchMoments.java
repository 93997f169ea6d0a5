package io.dimat.dl4j;

import java.util.Arrays;

/**
 * Mean and sum of squared deviations per channel of a channels-last tensor, in one pass: every tile
 * is centred on its own mean and the tiles are joined in double precision (Chan, Golub, LeVeque
 * 1983). A large mean costs no digits of the variance.
 */
final class BatchMoments {
  private final int channels;
  private final float[] tile;
  private final float[] sums;
  private final float[] center;
  private final double[] tileMean;
  private final double[] tileSquares;
  private final double[] mean;
  private final double[] squares;
  private double count;

  BatchMoments(int channels) {
    this.channels = channels;
    this.tile = new float[ChannelLanes.tile(channels)];
    this.sums = new float[ChannelLanes.width(channels)];
    this.center = new float[ChannelLanes.width(channels)];
    this.tileMean = new double[channels];
    this.tileSquares = new double[channels];
    this.mean = new double[channels];
    this.squares = new double[channels];
  }

  void measure(Tensor x) {
    Arrays.fill(mean, 0);
    Arrays.fill(squares, 0);
    count = 0;
    int length = x.length();
    for (int from = 0; from < length; from += tile.length) {
      int n = Math.min(tile.length, length - from);
      x.read(from, tile, n);
      measureTile(n);
      join(n / channels);
    }
  }

  private void measureTile(int n) {
    int width = sums.length;
    for (int at = 0; at < n; at += width) {
      sum(tile, at, Math.min(width, n - at), sums);
    }
    ChannelLanes.fold(sums, tileMean);
    for (int c = 0; c < channels; c++) {
      tileMean[c] = tileMean[c] * channels / n;
    }
    ChannelLanes.spread(tileMean, center);
    for (int at = 0; at < n; at += width) {
      squares(tile, at, Math.min(width, n - at), center, sums);
    }
    ChannelLanes.fold(sums, tileSquares);
  }

  private static void sum(float[] x, int at, int n, float[] sums) {
    for (int i = 0; i < n; i++) {
      sums[i] += x[at + i];
    }
  }

  private static void squares(float[] x, int at, int n, float[] center, float[] sums) {
    for (int i = 0; i < n; i++) {
      float d = x[at + i] - center[i];
      sums[i] += d * d;
    }
  }

  private void join(int rows) {
    double total = count + rows;
    for (int c = 0; c < channels; c++) {
      double shift = tileMean[c] - mean[c];
      mean[c] += shift * rows / total;
      squares[c] += tileSquares[c] + shift * shift * count * rows / total;
    }
    count = total;
  }

  /** Observations per channel of the last {@link #measure}. */
  double count() {
    return count;
  }

  double mean(int channel) {
    return mean[channel];
  }

  /** Population variance. */
  double biasedVariance(int channel) {
    return squares[channel] / count;
  }

  /** Sample variance; of a single observation 0. */
  double unbiasedVariance(int channel) {
    return squares[channel] / Math.max(1, count - 1);
  }
}

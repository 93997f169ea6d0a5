package io.dimat.align;

import java.util.Arrays;

/**
 * One model's features of one batch, laid out for products between models: a row per observation, a
 * column per unit, shifted close to zero. Made once per model, however many models it is compared
 * with.
 */
public final class UnitFeatures {
  /** Observations that the shift is estimated from, rows of a tile, terms of a sum in float. */
  private static final int STRETCH = 64;

  private final int units;
  private final int observations;
  private final float[] shifted;
  private final float[] shifts;
  private final double[] sums;
  private final double[] squares;

  private UnitFeatures(int units, int observations) {
    this.units = units;
    this.observations = observations;
    this.shifted = new float[units * observations];
    this.shifts = new float[units];
    this.sums = new double[units];
    this.squares = new double[units];
  }

  /**
   * Lays out features of the channel-major order of {@code Batch}.
   *
   * @param x [images, units, positions] row-major; not modified
   */
  public static UnitFeatures channelMajor(float[] x, int images, int units, int positions) {
    requireLength(x, (long) images * positions, units);
    float[] channelsLast = new float[x.length];
    for (int n = 0; n < images; n++) {
      for (int u = 0; u < units; u++) {
        int from = (n * units + u) * positions;
        int to = n * positions * units + u;
        for (int p = 0; p < positions; p++) {
          channelsLast[to + p * units] = x[from + p];
        }
      }
    }
    return channelsLast(channelsLast, images * positions, units);
  }

  /**
   * Lays out features that are in this order already.
   *
   * @param x [observations, units] row-major; not modified
   */
  public static UnitFeatures channelsLast(float[] x, int observations, int units) {
    requireLength(x, observations, units);
    UnitFeatures features = new UnitFeatures(units, observations);
    features.estimateShifts(x);
    features.shift(x);
    return features;
  }

  /**
   * The shift, a unit's mean over the first observations, only has to be near the mean: what is
   * left of it is taken out of the products exactly, in double.
   */
  private void estimateShifts(float[] x) {
    int rows = Math.min(STRETCH, observations);
    for (int row = 0; row < rows; row++) {
      for (int u = 0; u < units; u++) {
        shifts[u] += x[row * units + u];
      }
    }
    for (int u = 0; u < units; u++) {
      shifts[u] /= rows;
    }
  }

  /** Many rows at a time, so that the inner loop is long whatever the number of units. */
  private void shift(float[] x) {
    float[] tile = new float[STRETCH * units];
    for (int i = 0; i < tile.length; i++) {
      tile[i] = shifts[i % units];
    }
    float[] sum = new float[tile.length];
    float[] square = new float[tile.length];
    int tiles = 0;
    for (int from = 0; from < x.length; from += tile.length) {
      shift(x, from, Math.min(tile.length, x.length - from), tile, sum, square);
      if (++tiles % STRETCH == 0) {
        flush(sum, square);
      }
    }
    flush(sum, square);
  }

  private void shift(float[] x, int from, int length, float[] tile, float[] sum, float[] square) {
    for (int i = 0; i < length; i++) {
      float d = x[from + i] - tile[i];
      shifted[from + i] = d;
      sum[i] += d;
      square[i] += d * d;
    }
  }

  private void flush(float[] sum, float[] square) {
    for (int i = 0; i < sum.length; i++) {
      sums[i % units] += sum[i];
      squares[i % units] += square[i];
    }
    Arrays.fill(sum, 0f);
    Arrays.fill(square, 0f);
  }

  private static void requireLength(float[] x, long observations, int units) {
    if (observations < 1 || units < 1 || x.length != observations * units) {
      throw new IllegalArgumentException(
          "%d observations of %d units have %d values, got %d"
              .formatted(observations, units, observations * units, x.length));
    }
  }

  int units() {
    return units;
  }

  int observations() {
    return observations;
  }

  double mean(int unit) {
    return shifts[unit] + sums[unit] / observations;
  }

  /** Sum of squared deviations from the unit's mean; not negative. */
  double centredSquares(int unit) {
    return Math.max(0, squares[unit] - sums[unit] * sums[unit] / observations);
  }

  /** {@code sum (a - mean a)(b - mean b)} of every unit of this and every unit of the other. */
  double[] centredProducts(UnitFeatures other, MatrixProduct product) {
    float[] products =
        product.transposedTimes(shifted, other.shifted, observations, units, other.units);
    double[] centred = new double[products.length];
    for (int i = 0; i < centred.length; i++) {
      centred[i] = products[i] - sums[i / other.units] * other.sums[i % other.units] / observations;
    }
    return centred;
  }
}

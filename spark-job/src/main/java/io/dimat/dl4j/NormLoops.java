package io.dimat.dl4j;

import java.util.Arrays;

/**
 * The inner loops of batch norm over channels-last tensors. With d = x - mean and g the output's
 * gradient: forward {@code d scale + shift}; backward {@code scale (g - offset - d slope)}.
 */
final class NormLoops {
  private final float[] mean;
  private final float[] scale;
  private final float[] shift;
  private final float[] offset;
  private final float[] slope;
  private final float[] gradientLanes;
  private final float[] productLanes;
  private final float[] x;
  private final float[] g;
  private final double[] gradientSum;
  private final double[] productSum;
  private final double[] tileSum;

  NormLoops(int channels) {
    int width = ChannelLanes.width(channels);
    int tile = ChannelLanes.tile(channels);
    mean = new float[width];
    scale = new float[width];
    shift = new float[width];
    offset = new float[width];
    slope = new float[width];
    gradientLanes = new float[width];
    productLanes = new float[width];
    x = new float[tile];
    g = new float[tile];
    gradientSum = new double[channels];
    productSum = new double[channels];
    tileSum = new double[channels];
  }

  void prepare(double[] means, double[] scales, double[] shifts) {
    ChannelLanes.spread(means, mean);
    ChannelLanes.spread(scales, scale);
    ChannelLanes.spread(shifts, shift);
  }

  void normalise(Tensor input, Tensor output) {
    int length = input.length();
    for (int from = 0; from < length; from += x.length) {
      int n = Math.min(x.length, length - from);
      input.read(from, x, n);
      normaliseTile(n);
      output.write(from, x, n);
    }
  }

  void normaliseAndRectify(Tensor input, Tensor output) {
    int length = input.length();
    for (int from = 0; from < length; from += x.length) {
      int n = Math.min(x.length, length - from);
      input.read(from, x, n);
      normaliseTile(n);
      Rectifier.forward(x, n);
      output.write(from, x, n);
    }
  }

  private void normaliseTile(int n) {
    int width = mean.length;
    for (int at = 0; at < n; at += width) {
      normaliseRow(x, at, Math.min(width, n - at), mean, scale, shift);
    }
  }

  private static void normaliseRow(
      float[] x, int at, int n, float[] mean, float[] scale, float[] shift) {
    for (int i = 0; i < n; i++) {
      x[at + i] = (x[at + i] - mean[i]) * scale[i] + shift[i];
    }
  }

  /** Sums g and g d per channel. */
  void sum(Tensor input, Tensor gradient) {
    clearSums();
    int length = input.length();
    for (int from = 0; from < length; from += x.length) {
      int n = Math.min(x.length, length - from);
      input.read(from, x, n);
      gradient.read(from, g, n);
      sumTile(n);
    }
  }

  /** Clears g where the rectifier cut, then sums as {@link #sum}; modifies the gradient. */
  void sumRectified(Tensor input, Tensor gradient) {
    clearSums();
    int length = input.length();
    for (int from = 0; from < length; from += x.length) {
      int n = Math.min(x.length, length - from);
      input.read(from, x, n);
      gradient.read(from, g, n);
      cutTile(n);
      sumTile(n);
      gradient.write(from, g, n);
    }
  }

  private void clearSums() {
    Arrays.fill(gradientSum, 0);
    Arrays.fill(productSum, 0);
  }

  /** The rectifier's input is computed again: that is cheaper than reading its output. */
  private void cutTile(int n) {
    int width = mean.length;
    for (int at = 0; at < n; at += width) {
      cutRow(x, g, at, Math.min(width, n - at), mean, scale, shift);
    }
  }

  private static void cutRow(
      float[] x, float[] g, int at, int n, float[] mean, float[] scale, float[] shift) {
    for (int i = 0; i < n; i++) {
      float y = (x[at + i] - mean[i]) * scale[i] + shift[i];
      g[at + i] *= Rectifier.slope(y);
    }
  }

  private void sumTile(int n) {
    int width = mean.length;
    for (int at = 0; at < n; at += width) {
      sumRow(x, g, at, Math.min(width, n - at), mean, gradientLanes, productLanes);
    }
    add(gradientLanes, gradientSum);
    add(productLanes, productSum);
  }

  private void add(float[] lanes, double[] sums) {
    ChannelLanes.fold(lanes, tileSum);
    for (int c = 0; c < sums.length; c++) {
      sums[c] += tileSum[c];
    }
  }

  private static void sumRow(
      float[] x, float[] g, int at, int n, float[] mean, float[] gradients, float[] products) {
    for (int i = 0; i < n; i++) {
      gradients[i] += g[at + i];
      products[i] += g[at + i] * (x[at + i] - mean[i]);
    }
  }

  /** Sum of g over the last {@link #sum}. */
  double gradientSum(int channel) {
    return gradientSum[channel];
  }

  /** Sum of g d over the last {@link #sum}. */
  double productSum(int channel) {
    return productSum[channel];
  }

  /** Turns the output's gradient into the input's, in place. */
  void backward(Tensor input, Tensor gradient, double[] offsets, double[] slopes) {
    ChannelLanes.spread(offsets, offset);
    ChannelLanes.spread(slopes, slope);
    int width = mean.length;
    int length = input.length();
    for (int from = 0; from < length; from += x.length) {
      int n = Math.min(x.length, length - from);
      input.read(from, x, n);
      gradient.read(from, g, n);
      for (int at = 0; at < n; at += width) {
        backwardRow(x, g, at, Math.min(width, n - at), mean, scale, offset, slope);
      }
      gradient.write(from, g, n);
    }
  }

  private static void backwardRow(
      float[] x,
      float[] g,
      int at,
      int n,
      float[] mean,
      float[] scale,
      float[] offset,
      float[] slope) {
    for (int i = 0; i < n; i++) {
      g[at + i] = scale[i] * (g[at + i] - offset[i] - (x[at + i] - mean[i]) * slope[i]);
    }
  }
}

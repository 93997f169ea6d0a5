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

  NormLoops(int channels) {
    int width = ChannelLanes.width(channels);
    mean = new float[width];
    scale = new float[width];
    shift = new float[width];
    offset = new float[width];
    slope = new float[width];
    gradientLanes = new float[width];
    productLanes = new float[width];
    x = new float[width];
    g = new float[width];
    gradientSum = new double[channels];
    productSum = new double[channels];
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
      normaliseRow(x, n, mean, scale, shift);
      output.write(from, x, n);
    }
  }

  void normaliseAndRectify(Tensor input, Tensor output) {
    int length = input.length();
    for (int from = 0; from < length; from += x.length) {
      int n = Math.min(x.length, length - from);
      input.read(from, x, n);
      normaliseRow(x, n, mean, scale, shift);
      Rectifier.forward(x, n);
      output.write(from, x, n);
    }
  }

  private static void normaliseRow(float[] x, int n, float[] mean, float[] scale, float[] shift) {
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - mean[i]) * scale[i] + shift[i];
    }
  }

  /** Sums g and g d per channel. */
  void sum(Tensor input, Tensor gradient) {
    clearSums();
    int rows = 0;
    int length = input.length();
    for (int from = 0; from < length; from += x.length) {
      int n = Math.min(x.length, length - from);
      input.read(from, x, n);
      gradient.read(from, g, n);
      accumulate(n, ++rows);
    }
    fold();
  }

  /** Clears g where the rectifier cut, then sums as {@link #sum}; modifies the gradient. */
  void sumRectified(Tensor input, Tensor gradient) {
    clearSums();
    int rows = 0;
    int length = input.length();
    for (int from = 0; from < length; from += x.length) {
      int n = Math.min(x.length, length - from);
      input.read(from, x, n);
      gradient.read(from, g, n);
      cutRow(x, g, n, mean, scale, shift);
      accumulate(n, ++rows);
      gradient.write(from, g, n);
    }
    fold();
  }

  private void clearSums() {
    Arrays.fill(gradientSum, 0);
    Arrays.fill(productSum, 0);
  }

  private void accumulate(int n, int rows) {
    accumulateRow(x, g, n, mean, gradientLanes, productLanes);
    if (rows % ChannelLanes.ROWS_PER_FOLD == 0) {
      fold();
    }
  }

  private void fold() {
    ChannelLanes.fold(gradientLanes, gradientSum);
    ChannelLanes.fold(productLanes, productSum);
  }

  /** The rectifier's input is computed again: that is cheaper than reading its output. */
  private static void cutRow(
      float[] x, float[] g, int n, float[] mean, float[] scale, float[] shift) {
    for (int i = 0; i < n; i++) {
      g[i] *= Rectifier.slope((x[i] - mean[i]) * scale[i] + shift[i]);
    }
  }

  private static void accumulateRow(
      float[] x, float[] g, int n, float[] mean, float[] gradients, float[] products) {
    for (int i = 0; i < n; i++) {
      gradients[i] += g[i];
      products[i] += g[i] * (x[i] - mean[i]);
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
    int length = input.length();
    for (int from = 0; from < length; from += x.length) {
      int n = Math.min(x.length, length - from);
      input.read(from, x, n);
      gradient.read(from, g, n);
      backwardRow(x, g, n, mean, scale, offset, slope);
      gradient.write(from, g, n);
    }
  }

  private static void backwardRow(
      float[] x, float[] g, int n, float[] mean, float[] scale, float[] offset, float[] slope) {
    for (int i = 0; i < n; i++) {
      g[i] = scale[i] * (g[i] - offset[i] - (x[i] - mean[i]) * slope[i]);
    }
  }
}

package io.dimat.learn.reference;

import io.dimat.network.Layer;
import io.dimat.network.Shape;
import java.util.Arrays;

/** {@link Layer.Conv2d}: one plane of one input channel with one kernel at a time. */
final class Convolution implements Operator {
  private static final int NO_BIAS = -1;

  private final Layer.Conv2d layer;
  private final Shape in;
  private final Shape out;
  private final int groupInputs;
  private final int weight;
  private final int bias;

  /**
   * @param weight offset of the weights [out, in / groups, kernel, kernel] in the flat parameters
   * @param bias offset of the bias, or a negative number if there is none
   */
  Convolution(Layer.Conv2d layer, Shape in, Shape out, int weight, int bias) {
    this.layer = layer;
    this.in = in;
    this.out = out;
    this.groupInputs = in.channels() / layer.groups();
    this.weight = weight;
    this.bias = layer.hasBias() ? bias : NO_BIAS;
  }

  @Override
  public double[] forward(double[][] inputs, int images, double[] params, Mode mode) {
    double[] result = new double[images * out.size()];
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < out.channels(); o++) {
        int to = n * out.size() + o * out.positions();
        if (bias != NO_BIAS) {
          Arrays.fill(result, to, to + out.positions(), params[bias + o]);
        }
        for (int i = 0; i < groupInputs; i++) {
          int from = n * in.size() + (firstInput(o) + i) * in.positions();
          correlate(inputs[0], from, params, kernel(o, i), result, to);
        }
      }
    }
    return result;
  }

  @Override
  public double[][] backward(
      double[][] inputs,
      double[] output,
      double[] slope,
      int images,
      double[] params,
      double[] gradient) {
    double[] inputSlope = new double[images * in.size()];
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < out.channels(); o++) {
        int to = n * out.size() + o * out.positions();
        for (int p = to; bias != NO_BIAS && p < to + out.positions(); p++) {
          gradient[bias + o] += slope[p];
        }
        for (int i = 0; i < groupInputs; i++) {
          int from = n * in.size() + (firstInput(o) + i) * in.positions();
          correlateSlopes(inputs[0], from, slope, to, kernel(o, i), gradient);
          spread(slope, to, params, kernel(o, i), inputSlope, from);
        }
      }
    }
    return new double[][] {inputSlope};
  }

  /** First input channel of the group that output channel o belongs to. */
  private int firstInput(int o) {
    return o / (out.channels() / layer.groups()) * groupInputs;
  }

  /** Where the kernel lies that output channel o has for input i of its group. */
  private int kernel(int o, int i) {
    return weight + (o * groupInputs + i) * layer.kernel() * layer.kernel();
  }

  /** Adds the correlation of one input plane with one kernel to one output plane. */
  private void correlate(double[] x, int from, double[] params, int kernel, double[] y, int to) {
    for (int ky = 0; ky < layer.kernel(); ky++) {
      for (int kx = 0; kx < layer.kernel(); kx++) {
        double w = params[kernel + ky * layer.kernel() + kx];
        for (int r = first(ky); r < end(ky, in.height(), out.height()); r++) {
          int row = inputRow(from, r, ky, kx);
          for (int c = first(kx); c < end(kx, in.width(), out.width()); c++) {
            y[to + r * out.width() + c] += w * x[row + c * layer.stride()];
          }
        }
      }
    }
  }

  /** Adds one plane's part of a kernel's gradient. */
  private void correlateSlopes(
      double[] x, int from, double[] slope, int to, int kernel, double[] gradient) {
    for (int ky = 0; ky < layer.kernel(); ky++) {
      for (int kx = 0; kx < layer.kernel(); kx++) {
        double sum = 0;
        for (int r = first(ky); r < end(ky, in.height(), out.height()); r++) {
          int row = inputRow(from, r, ky, kx);
          for (int c = first(kx); c < end(kx, in.width(), out.width()); c++) {
            sum += slope[to + r * out.width() + c] * x[row + c * layer.stride()];
          }
        }
        gradient[kernel + ky * layer.kernel() + kx] += sum;
      }
    }
  }

  /** The transpose of {@link #correlate}: adds an output plane's slope to an input plane's. */
  private void spread(
      double[] slope, int to, double[] params, int kernel, double[] inputSlope, int from) {
    for (int ky = 0; ky < layer.kernel(); ky++) {
      for (int kx = 0; kx < layer.kernel(); kx++) {
        double w = params[kernel + ky * layer.kernel() + kx];
        for (int r = first(ky); r < end(ky, in.height(), out.height()); r++) {
          int row = inputRow(from, r, ky, kx);
          for (int c = first(kx); c < end(kx, in.width(), out.width()); c++) {
            inputSlope[row + c * layer.stride()] += w * slope[to + r * out.width() + c];
          }
        }
      }
    }
  }

  /** Index of the input that tap (ky, kx) reads for output row r, column 0; may lie in padding. */
  private int inputRow(int from, int r, int ky, int kx) {
    int row = r * layer.stride() + ky - layer.padding();
    return from + row * in.width() + kx - layer.padding();
  }

  /** First output position whose tap k reads inside the input. */
  private int first(int k) {
    return Math.max(0, -Math.floorDiv(k - layer.padding(), layer.stride()));
  }

  /** One past the last output position whose tap k reads inside the input. */
  private int end(int k, int inputs, int outputs) {
    return Math.min(outputs, Math.floorDiv(inputs - 1 + layer.padding() - k, layer.stride()) + 1);
  }
}

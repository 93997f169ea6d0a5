package io.dimat.learn.reference;

import io.dimat.network.Layer;
import io.dimat.network.Shape;
import java.util.function.DoubleUnaryOperator;

/** {@link Layer.BatchNorm}: per channel over images and positions. */
final class BatchNormalization implements Operator {
  private final Layer.BatchNorm layer;
  private final Shape shape;
  private final Offsets at;

  /** Where the layer's four parameters begin in the flat vector. */
  record Offsets(int scale, int shift, int mean, int variance) {}

  BatchNormalization(Layer.BatchNorm layer, Shape shape, Offsets at) {
    this.layer = layer;
    this.shape = shape;
    this.at = at;
  }

  @Override
  public double[] forward(double[][] inputs, int images, double[] params, Mode mode) {
    double[] x = inputs[0];
    double[] result = new double[x.length];
    for (int c = 0; c < shape.channels(); c++) {
      Moments moments =
          mode == Mode.TRAINING
              ? moments(x, images, c)
              : new Moments(params[at.mean + c], params[at.variance + c]);
      double factor = params[at.scale + c] * inverseDeviation(moments);
      for (int n = 0; n < images; n++) {
        int from = start(n, c);
        for (int p = from; p < from + shape.positions(); p++) {
          result[p] = factor * (x[p] - moments.mean) + params[at.shift + c];
        }
      }
    }
    return result;
  }

  /**
   * With {@code z = (x - mean) / sqrt(variance + epsilon)} over m values: {@code dx = scale /
   * sqrt(variance + epsilon) (slope - mean(slope) - z mean(slope z))}.
   */
  @Override
  public double[][] backward(
      double[][] inputs,
      double[] output,
      double[] slope,
      int images,
      double[] params,
      double[] gradient) {
    double[] x = inputs[0];
    double[] inputSlope = new double[x.length];
    double count = (double) images * shape.positions();
    for (int c = 0; c < shape.channels(); c++) {
      Moments moments = moments(x, images, c);
      double inverse = inverseDeviation(moments);
      double sum = 0;
      double sumZ = 0;
      for (int n = 0; n < images; n++) {
        int from = start(n, c);
        for (int p = from; p < from + shape.positions(); p++) {
          sum += slope[p];
          sumZ += slope[p] * (x[p] - moments.mean) * inverse;
        }
      }
      gradient[at.shift + c] += sum;
      gradient[at.scale + c] += sumZ;
      for (int n = 0; n < images; n++) {
        int from = start(n, c);
        for (int p = from; p < from + shape.positions(); p++) {
          double z = (x[p] - moments.mean) * inverse;
          inputSlope[p] =
              params[at.scale + c] * inverse * (slope[p] - sum / count - z * sumZ / count);
        }
      }
    }
    return new double[][] {inputSlope};
  }

  /** The batch's variance enters unbiased; the variance of a single value stays 0. */
  @Override
  public void moveStatistics(
      double[][] inputs, int images, double[] params, DoubleUnaryOperator rate) {
    double step = rate.applyAsDouble(layer.momentum());
    double count = (double) images * shape.positions();
    for (int c = 0; c < shape.channels(); c++) {
      Moments moments = moments(inputs[0], images, c);
      double unbiased = moments.variance * count / Math.max(1, count - 1);
      params[at.mean + c] += step * (moments.mean - params[at.mean + c]);
      params[at.variance + c] += step * (unbiased - params[at.variance + c]);
    }
  }

  private record Moments(double mean, double variance) {}

  /** Mean and biased variance of one channel, in two passes. */
  private Moments moments(double[] x, int images, int c) {
    double count = (double) images * shape.positions();
    double sum = 0;
    for (int n = 0; n < images; n++) {
      int from = start(n, c);
      for (int p = from; p < from + shape.positions(); p++) {
        sum += x[p];
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (int n = 0; n < images; n++) {
      int from = start(n, c);
      for (int p = from; p < from + shape.positions(); p++) {
        squares += (x[p] - mean) * (x[p] - mean);
      }
    }
    return new Moments(mean, squares / count);
  }

  private double inverseDeviation(Moments moments) {
    return 1 / Math.sqrt(moments.variance + layer.epsilon());
  }

  private int start(int n, int c) {
    return n * shape.size() + c * shape.positions();
  }
}

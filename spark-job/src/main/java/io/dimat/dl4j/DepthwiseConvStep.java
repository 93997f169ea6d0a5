package io.dimat.dl4j;

import io.dimat.network.Layer.Conv2d;
import io.dimat.network.ParamSpec;
import io.dimat.network.Shape;
import java.util.Arrays;

/**
 * A filter per channel, in plain Java loops over channel lanes. libnd4j's {@code depthwise_conv2d}
 * unfolds the images and takes longer than a convolution of all channels with all.
 */
final class DepthwiseConvStep implements Step {
  private final Conv2d layer;
  private final Value input;
  private final Value output;
  private final TensorPool pool;
  private final Parameters parameters;
  private final String weightName;
  private final String biasName;
  private final int channels;
  private final float[] taps;
  private final float[] tapGradients;
  private final float[] x;
  private final float[] y;

  /** Receives where the channels of an input position, a tap and an output position start. */
  @FunctionalInterface
  private interface Visitor {
    void at(int from, int tap, int to);
  }

  DepthwiseConvStep(
      Conv2d layer, Value input, Value output, TensorPool pool, Parameters parameters) {
    this.layer = layer;
    this.input = input;
    this.output = output;
    this.pool = pool;
    this.parameters = parameters;
    this.weightName = layer.name() + "." + ParamSpec.WEIGHT;
    this.biasName = layer.name() + "." + ParamSpec.BIAS;
    this.channels = layer.channels();
    this.taps = new float[layer.kernel() * layer.kernel() * channels];
    this.tapGradients = new float[taps.length];
    this.x = new float[input.shape().size()];
    this.y = new float[output.shape().size()];
  }

  /** From [channels, 1, kernel, kernel] to [kernel, kernel, channels]. */
  @Override
  public void upload() {
    int offset = parameters.slice(weightName).offset();
    for (int i = 0; i < taps.length; i++) {
      taps[i] = parameters.values()[offset + canonical(i)];
    }
  }

  /** Where element i of the taps stands in the weights. */
  private int canonical(int i) {
    return i % channels * (taps.length / channels) + i / channels;
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    Tensor data = input.data();
    output.data().resize(data.count());
    for (int n = 0; n < data.count(); n++) {
      data.read(n * x.length, x, x.length);
      fillBias();
      forEachTap((from, tap, to) -> addProducts(y, to, x, from, taps, tap));
      output.data().write(n * y.length, y, y.length);
    }
  }

  private void fillBias() {
    if (!layer.hasBias()) {
      Arrays.fill(y, 0f);
      return;
    }
    int offset = parameters.slice(biasName).offset();
    for (int to = 0; to < y.length; to += channels) {
      System.arraycopy(parameters.values(), offset, y, to, channels);
    }
  }

  /** Sums of one image are in float, sums over images in double. */
  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    Tensor inputGradient = pool.take(input.shape(), gradient.count());
    float[] dx = new float[x.length];
    double[] weightSums = new double[taps.length];
    double[] biasSums = new double[channels];
    for (int n = 0; n < gradient.count(); n++) {
      input.data().read(n * x.length, x, x.length);
      gradient.read(n * y.length, y, y.length);
      Arrays.fill(dx, 0f);
      Arrays.fill(tapGradients, 0f);
      forEachTap((from, tap, to) -> addProducts(dx, from, y, to, taps, tap));
      forEachTap((from, tap, to) -> addProducts(tapGradients, tap, y, to, x, from));
      inputGradient.write(n * dx.length, dx, dx.length);
      add(weightSums, tapGradients);
      add(biasSums, y);
    }
    storeGradients(weightSums, biasSums);
    pool.give(gradient);
    input.receiveGradient(inputGradient);
  }

  private void storeGradients(double[] weightSums, double[] biasSums) {
    float[] target = parameters.gradient();
    int weightAt = parameters.gradientOffset(weightName);
    for (int i = 0; i < taps.length; i++) {
      target[weightAt + canonical(i)] = (float) weightSums[i];
    }
    for (int c = 0; layer.hasBias() && c < channels; c++) {
      target[parameters.gradientOffset(biasName) + c] = (float) biasSums[c];
    }
  }

  /** Adds the rows of {@code values} to the sums, which are one row. */
  private static void add(double[] sums, float[] values) {
    for (int from = 0; from < values.length; from += sums.length) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += values[from + i];
      }
    }
  }

  /** {@code sums += a b}, channel by channel. */
  private void addProducts(float[] sums, int at, float[] a, int fromA, float[] b, int fromB) {
    for (int c = 0; c < channels; c++) {
      sums[at + c] += a[fromA + c] * b[fromB + c];
    }
  }

  /** Visits every tap of every output position that lies inside the input. */
  private void forEachTap(Visitor visitor) {
    Shape out = output.shape();
    for (int to = 0; to < out.positions(); to++) {
      int top = to / out.width() * layer.stride() - layer.padding();
      int left = to % out.width() * layer.stride() - layer.padding();
      visitWindow(top, left, to * channels, visitor);
    }
  }

  private void visitWindow(int top, int left, int to, Visitor visitor) {
    Shape in = input.shape();
    int k = layer.kernel();
    for (int r = Math.max(0, -top); r < Math.min(k, in.height() - top); r++) {
      for (int c = Math.max(0, -left); c < Math.min(k, in.width() - left); c++) {
        visitor.at(((top + r) * in.width() + left + c) * channels, (r * k + c) * channels, to);
      }
    }
  }
}

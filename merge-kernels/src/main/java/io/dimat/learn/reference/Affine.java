package io.dimat.learn.reference;

/** {@link io.dimat.network.Layer.Dense}: {@code y = W x + b} per image. */
final class Affine implements Operator {
  private final int in;
  private final int out;
  private final int weight;
  private final int bias;

  /**
   * @param weight offset of the weights [out, in] in the flat parameters
   * @param bias offset of the bias, or a negative number if there is none
   */
  Affine(int in, int out, int weight, int bias) {
    this.in = in;
    this.out = out;
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public double[] forward(double[][] inputs, int images, double[] params, Mode mode) {
    double[] result = new double[images * out];
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < out; o++) {
        double sum = bias < 0 ? 0 : params[bias + o];
        for (int i = 0; i < in; i++) {
          sum += params[weight + o * in + i] * inputs[0][n * in + i];
        }
        result[n * out + o] = sum;
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
    double[] inputSlope = new double[images * in];
    for (int n = 0; n < images; n++) {
      for (int o = 0; o < out; o++) {
        double s = slope[n * out + o];
        if (bias >= 0) {
          gradient[bias + o] += s;
        }
        for (int i = 0; i < in; i++) {
          gradient[weight + o * in + i] += s * inputs[0][n * in + i];
          inputSlope[n * in + i] += s * params[weight + o * in + i];
        }
      }
    }
    return new double[][] {inputSlope};
  }
}

package io.dimat.learn.reference;

/** {@code tanh(x)}, with slope {@code 1 - tanh(x)^2}. */
final class HyperbolicTangent implements Operator {
  @Override
  public double[] forward(double[][] inputs, int images, double[] params, Mode mode) {
    double[] result = new double[inputs[0].length];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.tanh(inputs[0][i]);
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
    double[] inputSlope = new double[slope.length];
    for (int i = 0; i < slope.length; i++) {
      inputSlope[i] = slope[i] * (1 - output[i] * output[i]);
    }
    return new double[][] {inputSlope};
  }
}

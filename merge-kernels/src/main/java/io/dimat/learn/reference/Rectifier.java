package io.dimat.learn.reference;

/** {@code max(0, x)}; its slope at 0 is 0. */
final class Rectifier implements Operator {
  @Override
  public double[] forward(double[][] inputs, int images, double[] params, Mode mode) {
    double[] result = new double[inputs[0].length];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.max(0, inputs[0][i]);
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
      inputSlope[i] = output[i] > 0 ? slope[i] : 0;
    }
    return new double[][] {inputSlope};
  }
}

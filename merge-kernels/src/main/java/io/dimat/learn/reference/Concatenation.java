package io.dimat.learn.reference;

/** {@link io.dimat.network.Layer.Concat}: image by image, the inputs' channels side by side. */
final class Concatenation implements Operator {
  @Override
  public double[] forward(double[][] inputs, int images, double[] params, Mode mode) {
    int total = 0;
    for (double[] input : inputs) {
      total += input.length;
    }
    double[] result = new double[total];
    int at = 0;
    for (int n = 0; n < images; n++) {
      for (double[] input : inputs) {
        int size = input.length / images;
        System.arraycopy(input, n * size, result, at, size);
        at += size;
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
    double[][] slopes = new double[inputs.length][];
    for (int k = 0; k < inputs.length; k++) {
      slopes[k] = new double[inputs[k].length];
    }
    int at = 0;
    for (int n = 0; n < images; n++) {
      for (double[] target : slopes) {
        int size = target.length / images;
        System.arraycopy(slope, at, target, n * size, size);
        at += size;
      }
    }
    return slopes;
  }
}

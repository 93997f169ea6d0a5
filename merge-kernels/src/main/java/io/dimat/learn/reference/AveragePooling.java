package io.dimat.learn.reference;

/**
 * Mean of each window, padding counted as zeros; one window over the whole input is global pooling.
 */
final class AveragePooling implements Operator {
  private final Windows windows;

  AveragePooling(Windows windows) {
    this.windows = windows;
  }

  @Override
  public double[] forward(double[][] inputs, int images, double[] params, Mode mode) {
    double[] result = new double[images * windows.out().size()];
    windows.forEach(
        images,
        (values, output) -> {
          double sum = 0;
          for (int value : values) {
            sum += inputs[0][value];
          }
          result[output] = sum / windows.size();
        });
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
    double[] inputSlope = new double[inputs[0].length];
    windows.forEach(
        images,
        (values, o) -> {
          for (int value : values) {
            inputSlope[value] += slope[o] / windows.size();
          }
        });
    return new double[][] {inputSlope};
  }
}

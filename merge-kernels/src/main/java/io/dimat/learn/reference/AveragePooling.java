package io.dimat.learn.reference;

/** Mean of each window; one window over the whole input is global pooling. */
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
        (input, output) -> {
          double sum = 0;
          for (int k = 0; k < windows.size(); k++) {
            sum += inputs[0][windows.value(input, k)];
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
        (input, o) -> {
          for (int k = 0; k < windows.size(); k++) {
            inputSlope[windows.value(input, k)] += slope[o] / windows.size();
          }
        });
    return new double[][] {inputSlope};
  }
}

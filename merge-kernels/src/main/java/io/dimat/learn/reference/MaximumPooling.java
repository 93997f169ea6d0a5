package io.dimat.learn.reference;

/** Largest value of each window; among equal ones the first takes the slope. */
final class MaximumPooling implements Operator {
  private final Windows windows;

  MaximumPooling(Windows windows) {
    this.windows = windows;
  }

  @Override
  public double[] forward(double[][] inputs, int images, double[] params, Mode mode) {
    double[] result = new double[images * windows.out().size()];
    windows.forEach(
        images, (values, output) -> result[output] = inputs[0][largest(inputs[0], values)]);
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
    windows.forEach(images, (values, o) -> inputSlope[largest(inputs[0], values)] += slope[o]);
    return new double[][] {inputSlope};
  }

  /** A NaN wins, so that it is seen in the loss. */
  private static int largest(double[] x, int[] values) {
    int best = values[0];
    for (int candidate : values) {
      if (x[candidate] > x[best] || Double.isNaN(x[candidate])) {
        best = candidate;
      }
    }
    return best;
  }
}

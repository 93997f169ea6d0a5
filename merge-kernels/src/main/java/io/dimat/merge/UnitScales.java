package io.dimat.merge;

/** Mean and deviation of every unit of one layer. */
final class UnitScales {
  final double[] mean;
  final double[] deviation;

  /** Keeps the arrays. */
  UnitScales(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /** All zero. */
  UnitScales(int units) {
    this(new double[units], new double[units]);
  }

  /** Adds {@code weight} times numbers of the same units. */
  void add(double weight, double[] otherMean, double[] otherDeviation) {
    for (int u = 0; u < mean.length; u++) {
      mean[u] += weight * otherMean[u];
      deviation[u] += weight * otherDeviation[u];
    }
  }
}

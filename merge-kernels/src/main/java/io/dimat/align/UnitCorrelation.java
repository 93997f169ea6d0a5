package io.dimat.align;

import java.util.Arrays;

/** Correlations of all pairs of units, with exact zeros for dead ones. */
final class UnitCorrelation {
  private final double[] values;
  private final int units;
  private final int deadUnits;

  private UnitCorrelation(double[] values, int units, int deadUnits) {
    this.values = values;
    this.units = units;
    this.deadUnits = deadUnits;
  }

  static UnitCorrelation of(CrossMoments moments) {
    int units = moments.units();
    double[] values = moments.correlation();
    double[] reference = moments.variancesA();
    double[] other = moments.variancesB();
    int dead = 0;
    for (int u = 0; u < units; u++) {
      if (reference[u] <= ActivationMatching.DEAD_VARIANCE) {
        Arrays.fill(values, u * units, (u + 1) * units, 0);
        dead++;
      }
      if (other[u] <= ActivationMatching.DEAD_VARIANCE) {
        for (int r = 0; r < units; r++) {
          values[r * units + u] = 0;
        }
        dead++;
      }
    }
    return new UnitCorrelation(values, units, dead);
  }

  void requireFinite(String group) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "group " + group + " needs finite correlations, got " + value);
      }
    }
  }

  int units() {
    return units;
  }

  /** Dead units of both models together. */
  int deadUnits() {
    return deadUnits;
  }

  /** Correlation of reference unit r and other unit c. */
  double get(int r, int c) {
    return values[r * units + c];
  }

  /** The array itself, row-major [units, units]; readers do not modify it. */
  double[] toArray() {
    return values;
  }
}

package io.dimat.align;

import java.util.Arrays;

/** Correlations of all pairs of units, with exact zeros for dead ones. */
final class UnitCorrelation {
  private final UnitScores scores;
  private final boolean[] deadInReference;
  private final int deadUnits;

  private UnitCorrelation(UnitScores scores, boolean[] deadInReference, int deadUnits) {
    this.scores = scores;
    this.deadInReference = deadInReference;
    this.deadUnits = deadUnits;
  }

  static UnitCorrelation of(CrossMoments moments) {
    int units = moments.units();
    double[] values = moments.correlation();
    double[] reference = moments.variancesA();
    double[] other = moments.variancesB();
    boolean[] deadInReference = new boolean[units];
    int dead = 0;
    for (int u = 0; u < units; u++) {
      if (reference[u] <= ActivationMatching.DEAD_VARIANCE) {
        Arrays.fill(values, u * units, (u + 1) * units, 0);
        deadInReference[u] = true;
        dead++;
      }
      if (other[u] <= ActivationMatching.DEAD_VARIANCE) {
        for (int r = 0; r < units; r++) {
          values[r * units + u] = 0;
        }
        dead++;
      }
    }
    return new UnitCorrelation(new UnitScores(values, units), deadInReference, dead);
  }

  /** The correlation of reference unit r and other unit c as the score of that pair. */
  UnitScores scores() {
    return scores;
  }

  /** Dead units of both models together. */
  int deadUnits() {
    return deadUnits;
  }

  /** Which units of the reference are dead; readers do not modify it. */
  boolean[] deadInReference() {
    return deadInReference;
  }
}

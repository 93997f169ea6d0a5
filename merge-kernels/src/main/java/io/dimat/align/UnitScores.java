package io.dimat.align;

import io.dimat.tensor.NotFiniteException;

/**
 * What pairing unit r of the reference with unit c of the other model is worth, for all pairs of
 * one group, and the best pairing. Row-major [units, units].
 */
final class UnitScores {
  /** Exchanges that change the sum by at most this share of the largest score cost nothing. */
  private static final double TIE = 1e-9;

  private final double[] values;
  private final int units;

  /** Takes ownership of the array. */
  UnitScores(double[] values, int units) {
    this.values = values;
    this.units = units;
  }

  double get(int r, int c) {
    return values[r * units + c];
  }

  /**
   * Refuses NaN and infinity.
   *
   * @param what plural name of the scores
   */
  void requireFinite(String group, String what) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new NotFiniteException("group " + group + " needs finite " + what + ", got " + value);
      }
    }
  }

  /**
   * The pairing of largest sum. Where it leaves a choice, a unit keeps its index if exchanging it
   * with one other unit costs nothing.
   */
  Permutation match() {
    int[] from = LinearAssignment.maximise(values, units).columns().toArray();
    int[] slotOf = Permutation.of(from).inverse().toArray();
    for (int r = 0; r < units; r++) {
      int slot = slotOf[r];
      double now = get(r, from[r]) + get(slot, r);
      double exchanged = get(r, r) + get(slot, from[r]);
      if (from[r] != r && exchanged >= now) {
        from[slot] = from[r];
        slotOf[from[r]] = slot;
        from[r] = r;
        slotOf[r] = r;
      }
    }
    return Permutation.of(from);
  }

  /** Sum of the scores of the pairs. */
  double sum(Permutation pairs) {
    double sum = 0;
    for (int r = 0; r < units; r++) {
      sum += get(r, pairs.get(r));
    }
    return sum;
  }

  /**
   * Rows that can exchange their partner with another row's at no loss: {@code |change of the sum|
   * <= 1e-9 max |score|}.
   *
   * @param pairs the pairing of largest sum
   * @param dead rows that are not counted, because nothing depends on their partner
   */
  int ties(Permutation pairs, boolean[] dead) {
    double scale = 0;
    for (double value : values) {
      scale = Math.max(scale, Math.abs(value));
    }
    int ties = 0;
    for (int r = 0; r < units; r++) {
      ties += !dead[r] && isTied(r, pairs, TIE * scale) ? 1 : 0;
    }
    return ties;
  }

  private boolean isTied(int r, Permutation pairs, double tolerance) {
    for (int s = 0; s < units; s++) {
      double now = get(r, pairs.get(r)) + get(s, pairs.get(s));
      double exchanged = get(r, pairs.get(s)) + get(s, pairs.get(r));
      if (s != r && Math.abs(exchanged - now) <= tolerance) {
        return true;
      }
    }
    return false;
  }
}

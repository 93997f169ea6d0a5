package io.dimat.align;

import java.util.Arrays;

/**
 * What activation matching maximises the sum of, for unit r of the reference and c of the other.
 */
public enum MatchScore {
  /** {@link CrossMoments#correlation()}, with exact zeros for dead units (arXiv 2404.08079). */
  CORRELATION {
    @Override
    double[] of(CrossMoments moments) {
      double[] values = moments.correlation();
      clear(values, dead(moments.variancesA()), dead(moments.variancesB()));
      return values;
    }
  },
  /** {@code E[a_r b_c]}: loud units decide first (Git Re-Basin's activations, arXiv 2209.04836). */
  UNCENTRED {
    @Override
    double[] of(CrossMoments moments) {
      return moments.secondMoments();
    }
  },
  /**
   * {@code E[a_r b_c] / sqrt(E[a_r^2] E[b_c^2])}, in [-1, 1] up to rounding; 0 for units of a mean
   * square of at most {@link ActivationMatching#DEAD_VARIANCE}.
   */
  COSINE {
    @Override
    double[] of(CrossMoments moments) {
      double[] a = moments.meanSquaresA();
      double[] b = moments.meanSquaresB();
      double[] values = moments.secondMoments();
      for (int i = 0; i < values.length; i++) {
        values[i] /= Math.sqrt(a[i / b.length] * b[i % b.length]);
      }
      clear(values, dead(a), dead(b));
      return values;
    }
  };

  /** Scores of all pairs, row-major [units, units]. */
  abstract double[] of(CrossMoments moments);

  /** Units whose second moment is too small to say anything. */
  static boolean[] dead(double[] moments) {
    boolean[] dead = new boolean[moments.length];
    for (int u = 0; u < dead.length; u++) {
      dead[u] = moments[u] <= ActivationMatching.DEAD_VARIANCE;
    }
    return dead;
  }

  private static void clear(double[] values, boolean[] deadRows, boolean[] deadColumns) {
    for (int r = 0; r < deadRows.length; r++) {
      if (deadRows[r]) {
        Arrays.fill(values, r * deadColumns.length, (r + 1) * deadColumns.length, 0);
      }
      for (int c = 0; c < deadColumns.length; c++) {
        if (deadColumns[c]) {
          values[r * deadColumns.length + c] = 0;
        }
      }
    }
  }
}

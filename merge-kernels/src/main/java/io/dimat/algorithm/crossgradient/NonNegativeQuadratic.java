package io.dimat.algorithm.crossgradient;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Solves {@code min 1/2 u'Au + c'u over u >= 0} for a few unknowns and a positive semidefinite A,
 * by the active-set method of Lawson and Hanson (Solving Least Squares Problems, 1974): unknowns
 * leave their bound one at a time, steepest first, and the free ones are solved for exactly.
 *
 * <p>A is scaled to a diagonal of ones and {@code 1e-12} is added there, so a solution is unique
 * and does not depend on the units of A. Up to that it satisfies {@code u >= 0}, {@code Au + c >=
 * 0} and {@code u'(Au + c) = 0}.
 */
final class NonNegativeQuadratic {
  private static final double RIDGE = 1e-12;
  private static final double TOLERANCE = 1e-12;
  private static final int ROUNDS_PER_UNKNOWN = 20;

  private final double[][] a;
  private final double[] c;
  private final double[] units;
  private final double tolerance;
  private final boolean[] free;
  private final boolean[] stays;
  private double[] u;

  private NonNegativeQuadratic(double[][] a, double[] c) {
    int n = c.length;
    this.units = new double[n];
    Arrays.setAll(units, i -> a[i][i] > 0 ? Math.sqrt(a[i][i]) : 1);
    this.a = new double[n][n];
    this.c = new double[n];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        this.a[i][j] = a[i][j] / (units[i] * units[j]);
      }
      this.a[i][i] += RIDGE;
      this.c[i] = c[i] / units[i];
      largest = Math.max(largest, Math.abs(this.c[i]));
    }
    this.tolerance = TOLERANCE * largest;
    this.u = new double[n];
    this.free = new boolean[n];
    this.stays = new boolean[n];
  }

  /**
   * The minimum.
   *
   * @param a symmetric, positive semidefinite; not modified
   * @param c as many values as A has rows; not modified
   * @return u, a new array; zeros where A or c are not finite
   */
  static double[] minimum(double[][] a, double[] c) {
    return new NonNegativeQuadratic(a, c).solve();
  }

  /**
   * Every round ends in a feasible point that is better than the one before, or finds that rounding
   * lets an unknown go nowhere: that one waits until another has moved.
   */
  private double[] solve() {
    for (int round = 0; round < ROUNDS_PER_UNKNOWN * c.length; round++) {
      int steepest = steepestAtItsBound();
      if (steepest < 0) {
        break;
      }
      free[steepest] = true;
      descend();
      if (free[steepest]) {
        Arrays.fill(stays, false);
      }
      stays[steepest] = !free[steepest];
    }
    double[] solution = new double[u.length];
    Arrays.setAll(solution, i -> u[i] / units[i]);
    return solution;
  }

  private int steepestAtItsBound() {
    int steepest = -1;
    double least = -tolerance;
    for (int i = 0; i < u.length; i++) {
      double slope = slope(i);
      if (!free[i] && !stays[i] && slope < least) {
        steepest = i;
        least = slope;
      }
    }
    return steepest;
  }

  private double slope(int i) {
    double slope = c[i];
    for (int j = 0; j < u.length; j++) {
      slope += a[i][j] * u[j];
    }
    return slope;
  }

  /** Goes towards the minimum over the free unknowns; whoever meets its bound on the way stays. */
  private void descend() {
    while (true) {
      double[] target = freeMinimum();
      double step = 1;
      int first = -1;
      for (int i = 0; i < u.length; i++) {
        if (free[i] && target[i] <= 0) {
          double reach = u[i] > 0 ? u[i] / (u[i] - target[i]) : 0;
          if (first < 0 || reach < step) {
            step = reach;
            first = i;
          }
        }
      }
      if (first < 0) {
        u = target;
        return;
      }
      for (int i = 0; i < u.length; i++) {
        u[i] += free[i] ? step * (target[i] - u[i]) : 0;
        if (i == first || u[i] <= 0) {
          free[i] = false;
          u[i] = 0;
        }
      }
    }
  }

  private double[] freeMinimum() {
    int[] at = freeUnknowns();
    double[] minimum = new double[u.length];
    if (at.length > 0) {
      RealMatrix all = new Array2DRowRealMatrix(a, false);
      double[] right = new double[at.length];
      Arrays.setAll(right, k -> -c[at[k]]);
      double[] solved =
          new LUDecomposition(all.getSubMatrix(at, at), Double.MIN_VALUE)
              .getSolver()
              .solve(new ArrayRealVector(right, false))
              .toArray();
      for (int k = 0; k < at.length; k++) {
        minimum[at[k]] = solved[k];
      }
    }
    return minimum;
  }

  private int[] freeUnknowns() {
    int[] at = new int[free.length];
    int count = 0;
    for (int i = 0; i < free.length; i++) {
      if (free[i]) {
        at[count++] = i;
      }
    }
    return Arrays.copyOf(at, count);
  }
}

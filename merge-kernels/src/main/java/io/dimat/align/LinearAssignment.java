package io.dimat.align;

import io.dimat.tensor.NotFiniteException;

/**
 * The linear assignment problem on a dense square matrix, solved exactly in O(n^3): every row gets
 * one column, every column one row, and the sum of the chosen entries is extreme.
 *
 * <p>The result depends on the entries alone. Every search scans upwards and keeps the first of
 * equal values, so that ties are broken alike everywhere; which of several optimal assignments
 * comes out is otherwise unspecified.
 */
public final class LinearAssignment {
  private LinearAssignment() {}

  /**
   * The assignment of smallest sum.
   *
   * @param costs row-major [n, n], finite; not modified
   * @throws IllegalArgumentException if the length is not n squared or an entry is not finite
   */
  static Assignment minimise(double[] costs, int n) {
    requireFiniteSquare(costs, n);
    JonkerVolgenant solver = JonkerVolgenant.solve(costs, n);
    return assignment(costs, n, solver, 1);
  }

  /**
   * The assignment of largest sum.
   *
   * @param scores row-major [n, n], finite; not modified
   * @throws IllegalArgumentException if the length is not n squared or an entry is not finite
   */
  public static Assignment maximise(double[] scores, int n) {
    requireFiniteSquare(scores, n);
    double[] costs = new double[scores.length];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = -scores[i];
    }
    JonkerVolgenant solver = JonkerVolgenant.solve(costs, n);
    return assignment(scores, n, solver, -1);
  }

  private static Assignment assignment(
      double[] entries, int n, JonkerVolgenant solver, double sign) {
    int[] columns = solver.columns();
    double[] columnPrices = solver.prices();
    double[] rowPrices = new double[n];
    double objective = 0;
    for (int c = 0; c < n; c++) {
      columnPrices[c] *= sign;
    }
    for (int r = 0; r < n; r++) {
      double entry = entries[r * n + columns[r]];
      rowPrices[r] = entry - columnPrices[columns[r]];
      objective += entry;
    }
    return new Assignment(Permutation.of(columns), objective, rowPrices, columnPrices);
  }

  private static void requireFiniteSquare(double[] entries, int n) {
    if (n < 1 || entries.length != (long) n * n) {
      throw new IllegalArgumentException(
          "an assignment of n >= 1 rows needs n * n entries, got "
              + entries.length
              + " for n = "
              + n);
    }
    for (int i = 0; i < entries.length; i++) {
      if (!Double.isFinite(entries[i])) {
        throw new NotFiniteException(
            "an assignment needs finite entries, got %s in row %d, column %d"
                .formatted(entries[i], i / n, i % n));
      }
    }
  }
}

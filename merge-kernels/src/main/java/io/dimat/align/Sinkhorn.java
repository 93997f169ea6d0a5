package io.dimat.align;

import java.util.Arrays;

/**
 * Entropic optimal transport with uniform marginals: the plan T of rows and columns that sum to 1
 * with the smallest {@code sum T cost + eps sum T log T} (Cuturi, arXiv 1306.0895), {@code T =
 * exp((f + g - cost) / eps)} by alternating updates of f and g. Everything is done on logarithms,
 * and eps falls to its value by halves, each from the last potentials: so small values neither
 * underflow nor take forever.
 *
 * <p>{@code eps = regularisation * (mean cost - smallest cost)}: the plan does not depend on the
 * costs' scale or on a constant added to them. As it goes to 0 the plan goes to the assignment of
 * smallest cost, if there is only one; as it grows the plan goes to the uniform one.
 *
 * @param regularisation relative to the mean cost above the smallest, more than 0; 0.05 keeps most
 *     of a unit in its partner
 * @param maxIterations of all values of eps together, at least 1; each reads the costs twice
 * @param tolerance largest {@code |row sum - 1|} to stop at, more than 0
 */
public record Sinkhorn(double regularisation, int maxIterations, double tolerance) {
  /** Where eps starts, relative like the regularisation. */
  private static final double COARSEST = 1;

  /** Rough potentials are good enough to start the next eps from. */
  private static final double ROUGH = 0.05;

  public Sinkhorn {
    if (!(regularisation > 0) || !(tolerance > 0) || maxIterations < 1) {
      throw new IllegalArgumentException(
          "sinkhorn needs regularisation and tolerance > 0 and at least 1 iteration, got %s, %s, %d"
              .formatted(regularisation, tolerance, maxIterations));
    }
  }

  /**
   * The plan for these costs.
   *
   * @param cost row-major [n, n], finite, of any sign; not modified
   * @return converged or not: the caller decides what an early end means
   * @throws IllegalArgumentException if the length is not n squared or a cost is not finite
   */
  public TransportPlan plan(double[] cost, int n) {
    if (n < 1 || cost.length != (long) n * n || !Arrays.stream(cost).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a transport plan needs %d x %d finite costs, got %d values"
              .formatted(n, n, cost.length));
    }
    double smallest = Arrays.stream(cost).min().orElseThrow();
    double scale = Arrays.stream(cost).map(c -> c - smallest).average().orElseThrow();
    Potentials potentials = new Potentials(cost, n);
    int iterations = 0;
    for (double relative : schedule()) {
      double eps = scale == 0 ? 1 : relative * scale;
      double target = relative == regularisation ? tolerance : Math.max(ROUGH, tolerance);
      double error = Double.POSITIVE_INFINITY;
      while (error > target && iterations < maxIterations) {
        error = potentials.update(eps);
        iterations++;
      }
    }
    double eps = scale == 0 ? 1 : regularisation * scale;
    double[] plan = potentials.plan(eps);
    return new TransportPlan(plan, n, iterations, rowError(plan, n), tolerance);
  }

  /** From coarse to the regularisation itself. */
  private double[] schedule() {
    int halvings = (int) Math.max(0, Math.ceil(Math.log(COARSEST / regularisation) / Math.log(2)));
    double[] values = new double[halvings + 1];
    Arrays.setAll(values, k -> Math.scalb(regularisation, halvings - k));
    return values;
  }

  private static double rowError(double[] plan, int n) {
    double error = 0;
    for (int r = 0; r < n; r++) {
      double sum = Arrays.stream(plan, r * n, (r + 1) * n).sum();
      error = Math.max(error, Math.abs(sum - 1));
    }
    return error;
  }

  /** The two dual vectors, in units of cost. */
  private static final class Potentials {
    private final double[] cost;
    private final int n;
    private final double[] f;
    private final double[] g;

    Potentials(double[] cost, int n) {
      this.cost = cost;
      this.n = n;
      this.f = new double[n];
      this.g = new double[n];
    }

    /** Makes rows, then columns sum to 1; returns how far the rows were from it before. */
    double update(double eps) {
      double error = 0;
      for (int r = 0; r < n; r++) {
        double change = -eps * logSumRow(r, eps);
        error = Math.max(error, Math.abs(Math.expm1(-change / eps)));
        f[r] += change;
      }
      double[] columns = logSumColumns(eps);
      for (int c = 0; c < n; c++) {
        g[c] -= eps * columns[c];
      }
      return error;
    }

    private double exponent(int r, int c, double eps) {
      return (f[r] + g[c] - cost[r * n + c]) / eps;
    }

    private double logSumRow(int r, double eps) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < n; c++) {
        largest = Math.max(largest, exponent(r, c, eps));
      }
      double sum = 0;
      for (int c = 0; c < n; c++) {
        sum += Math.exp(exponent(r, c, eps) - largest);
      }
      return largest + Math.log(sum);
    }

    /** Row by row, because that is how the costs lie in memory. */
    private double[] logSumColumns(double eps) {
      double[] largest = new double[n];
      Arrays.fill(largest, Double.NEGATIVE_INFINITY);
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++) {
          largest[c] = Math.max(largest[c], exponent(r, c, eps));
        }
      }
      double[] sums = new double[n];
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++) {
          sums[c] += Math.exp(exponent(r, c, eps) - largest[c]);
        }
      }
      Arrays.setAll(sums, c -> largest[c] + Math.log(sums[c]));
      return sums;
    }

    double[] plan(double eps) {
      double[] plan = new double[n * n];
      Arrays.setAll(plan, i -> Math.exp(exponent(i / n, i % n, eps)));
      return plan;
    }
  }
}

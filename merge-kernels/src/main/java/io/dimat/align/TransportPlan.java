package io.dimat.align;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A transport plan between the units of two models with uniform marginals, scaled by n: rows and
 * columns sum to 1, columns up to rounding, rows up to {@link #marginalError()}.
 */
public final class TransportPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] values;
  private final int units;
  private final int iterations;
  private final double marginalError;
  private final double tolerance;

  /** Takes ownership of the array. */
  TransportPlan(double[] values, int units, int iterations, double error, double tolerance) {
    this.values = values;
    this.units = units;
    this.iterations = iterations;
    this.marginalError = error;
    this.tolerance = tolerance;
  }

  /** Number of rows and of columns. */
  public int units() {
    return units;
  }

  /** How much of reference unit r is made of other unit c, in [0, 1]. */
  public double get(int r, int c) {
    return values[r * units + c];
  }

  /** A copy, row-major [reference, other]. */
  public double[] toArray() {
    return values.clone();
  }

  /** Iterations used, of all regularisations passed through. */
  int iterations() {
    return iterations;
  }

  /** Largest {@code |row sum - 1|}. */
  double marginalError() {
    return marginalError;
  }

  /** False if the iterations ran out before the rows summed to 1 within the tolerance. */
  boolean isConverged() {
    return marginalError <= tolerance;
  }

  /**
   * The mixing by this plan (OTFusion, arXiv 1910.05653): new unit r is {@code sum_c plan[r, c]}
   * times other unit c, and a column for new unit r is {@code sum_c W[:, c] plan[r, c]}. Every row
   * is first divided by its sum, so that a plan whose iterations ran out still mixes shares of 1;
   * its columns, exact before, then sum to 1 only about as well as the rows did.
   */
  public UnitMixing mixing() {
    double[] produce = new double[values.length];
    double[] consume = new double[values.length];
    for (int r = 0; r < units; r++) {
      // Columns were scaled last, and by at most n each: no row has vanished.
      double sum = Arrays.stream(values, r * units, (r + 1) * units).sum();
      for (int c = 0; c < units; c++) {
        produce[r * units + c] = get(r, c) / sum;
        consume[c * units + r] = get(r, c) / sum;
      }
    }
    return UnitMixing.of(units, produce, consume);
  }

  @Override
  public String toString() {
    return "TransportPlan[" + units + " units, marginal error " + marginalError + "]";
  }
}

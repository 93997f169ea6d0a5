package io.dimat.graph;

import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * How far some steps of a schedule are from the mean of all agents: {@code E = W(t-1) ... W(1) W(0)
 * - J}, J with all entries 1 / n.
 *
 * @param steps t, at least 1
 * @param largest the largest modulus of an entry of E
 * @param norm the spectral norm of E: the most that remains of a difference between agents
 */
public record ProductError(int steps, double largest, double norm) {
  /**
   * Of the first steps of a schedule. Costs {@code steps * n^3}.
   *
   * @param steps at least 1; {@link MixingSchedule#period()} where that is above 0
   */
  public static ProductError of(MixingSchedule schedule, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("a product has at least 1 step, got " + steps);
    }
    int n = schedule.agents();
    RealMatrix product = MatrixUtils.createRealIdentityMatrix(n);
    for (int t = 0; t < steps; t++) {
      product = MatrixUtils.createRealMatrix(schedule.at(t).toArray()).multiply(product);
    }
    double largest = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        product.addToEntry(i, j, -1.0 / n);
        largest = Math.max(largest, Math.abs(product.getEntry(i, j)));
      }
    }
    return new ProductError(steps, largest, norm(product));
  }

  private static double norm(RealMatrix error) {
    RealMatrix gram = error.transpose().multiply(error);
    return Math.sqrt(Math.max(0, SymmetricSpectrum.of(gram).largest()));
  }

  /** {@code norm^(1 / steps)}: by how much one step shrinks differences, on average. */
  public double rate() {
    return Math.pow(norm, 1.0 / steps);
  }
}

package io.dimat.align;

import java.io.Serializable;

/**
 * An optimal assignment of rows to columns, with the prices that prove it: {@code rowPrices[r] +
 * columnPrices[c] <= cost[r, c]} for a minimum ({@code >=} for a maximum), with equality for the
 * assigned pairs, up to rounding.
 */
public final class Assignment implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Permutation columns;
  private final double objective;
  private final double[] rowPrices;
  private final double[] columnPrices;

  /** Takes ownership of the arrays. */
  Assignment(Permutation columns, double objective, double[] rowPrices, double[] columnPrices) {
    this.columns = columns;
    this.objective = objective;
    this.rowPrices = rowPrices;
    this.columnPrices = columnPrices;
  }

  /** Row r is assigned column {@code columns().get(r)}. */
  public Permutation columns() {
    return columns;
  }

  /** Sum over rows, in row order, of the entries of the assigned pairs. */
  public double objective() {
    return objective;
  }

  /** A copy of the dual variables of the rows. */
  double[] rowPrices() {
    return rowPrices.clone();
  }

  /** A copy of the dual variables of the columns. */
  double[] columnPrices() {
    return columnPrices.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Assignment that
        && columns.equals(that.columns)
        && objective == that.objective;
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return "Assignment[" + columns.size() + " rows, objective " + objective + "]";
  }
}

package io.dimat.align;

import java.util.Arrays;

/**
 * The augmentation step of Jonker and Volgenant: from a free row, the shortest alternating path to
 * a free column in reduced costs, found as Dijkstra does, with columns of equal distance settled
 * together.
 *
 * <p>{@code columns} is kept in three stretches: [0, settled) are scanned, [settled, reached) are
 * at the current minimal distance, [reached, n) are further away.
 */
final class ShortestPaths {
  private static final int NONE = -1;

  private final double[] costs;
  private final int n;
  private final double[] prices;
  private final double[] distances;
  private final int[] predecessors;
  private final int[] columns;
  private int settled;
  private int reached;
  private double minimum;

  /**
   * Paths for one cost matrix.
   *
   * @param costs row-major [n, n]; not modified
   * @param prices of columns; modified by {@link #augment}
   */
  ShortestPaths(double[] costs, int n, double[] prices) {
    this.costs = costs;
    this.n = n;
    this.prices = prices;
    this.distances = new double[n];
    this.predecessors = new int[n];
    this.columns = new int[n];
  }

  /** Gives {@code row} a column; modifies both maps along the path, and the prices. */
  void augment(int row, int[] columnOf, int[] rowOf) {
    int column = search(row, rowOf);
    int from;
    do {
      from = predecessors[column];
      rowOf[column] = from;
      int previous = columnOf[from];
      columnOf[from] = column;
      column = previous;
    } while (from != row);
  }

  private int search(int row, int[] rowOf) {
    start(row);
    int priced = 0;
    int end = NONE;
    while (end == NONE) {
      if (settled == reached) {
        priced = settled;
        nextLevel();
        end = freeOnLevel(rowOf);
      }
      while (end == NONE && settled < reached) {
        end = scan(columns[settled++], rowOf);
      }
    }
    for (int k = 0; k < priced; k++) {
      prices[columns[k]] += distances[columns[k]] - minimum;
    }
    return end;
  }

  private void start(int row) {
    int base = row * n;
    for (int c = 0; c < n; c++) {
      distances[c] = costs[base + c] - prices[c];
      columns[c] = c;
    }
    Arrays.fill(predecessors, row);
    settled = 0;
    reached = 0;
  }

  /** Moves all columns of the least distance behind the settled ones. */
  private void nextLevel() {
    double least = distances[columns[reached++]];
    for (int k = reached; k < n; k++) {
      int c = columns[k];
      double distance = distances[c];
      if (distance <= least) {
        if (distance < least) {
          reached = settled;
          least = distance;
        }
        reach(k);
      }
    }
    minimum = least;
  }

  private void reach(int k) {
    int c = columns[k];
    columns[k] = columns[reached];
    columns[reached++] = c;
  }

  private int freeOnLevel(int[] rowOf) {
    for (int k = settled; k < reached; k++) {
      if (rowOf[columns[k]] == NONE) {
        return columns[k];
      }
    }
    return NONE;
  }

  /** Shortens distances through a settled column's row; returns a free column at the minimum. */
  private int scan(int column, int[] rowOf) {
    int row = rowOf[column];
    int base = row * n;
    double least = minimum;
    double offset = costs[base + column] - prices[column] - least;
    for (int k = reached; k < n; k++) {
      int c = columns[k];
      double distance = costs[base + c] - prices[c] - offset;
      if (distance < distances[c]) {
        distances[c] = distance;
        predecessors[c] = row;
        if (distance <= least) {
          if (rowOf[c] == NONE) {
            return c;
          }
          reach(k);
        }
      }
    }
    return NONE;
  }
}

package io.dimat.align;

import java.util.Arrays;

/**
 * Shortest augmenting paths with the initialisation of R. Jonker and A. Volgenant, "A shortest
 * augmenting path algorithm for dense and sparse linear assignment problems", Computing 38 (1987):
 * column reduction, reduction transfer, two rounds of augmenting row reduction, and then one
 * shortest path per row that is still free.
 *
 * <p>Prices v of columns are kept such that an assigned row's column has the least reduced cost
 * {@code cost[r, c] - v[c]} of its row.
 */
final class JonkerVolgenant {
  private static final int FREE = -1;
  private static final int ROW_REDUCTIONS = 2;

  private final double[] costs;
  private final int n;
  private final double[] prices;
  private final int[] columnOf;
  private final int[] rowOf;
  private int[] freeRows;
  private int freeCount;

  private JonkerVolgenant(double[] costs, int n) {
    this.costs = costs;
    this.n = n;
    this.prices = new double[n];
    this.columnOf = new int[n];
    this.rowOf = new int[n];
    this.freeRows = new int[n];
    Arrays.fill(columnOf, FREE);
    Arrays.fill(rowOf, FREE);
  }

  /**
   * Solves to optimality.
   *
   * @param costs row-major [n, n], finite; not modified
   */
  static JonkerVolgenant solve(double[] costs, int n) {
    JonkerVolgenant solver = new JonkerVolgenant(costs, n);
    solver.reduceColumns();
    for (int i = 0; i < ROW_REDUCTIONS && solver.freeCount > 0; i++) {
      solver.reduceRows();
    }
    if (solver.freeCount > 0) {
      ShortestPaths paths = new ShortestPaths(costs, n, solver.prices);
      for (int f = 0; f < solver.freeCount; f++) {
        paths.augment(solver.freeRows[f], solver.columnOf, solver.rowOf);
      }
    }
    return solver;
  }

  /** Column of each row; the solver's own array. */
  int[] columns() {
    return columnOf;
  }

  /** Price of each column; the solver's own array. */
  double[] prices() {
    return prices;
  }

  /** Prices every column at its minimum and gives it to that row, the first column of each row. */
  private void reduceColumns() {
    int[] cheapest = new int[n];
    System.arraycopy(costs, 0, prices, 0, n);
    for (int r = 1; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double cost = costs[r * n + c];
        if (cost < prices[c]) {
          prices[c] = cost;
          cheapest[c] = r;
        }
      }
    }
    int[] wins = new int[n];
    for (int c = 0; c < n; c++) {
      int r = cheapest[c];
      if (wins[r]++ == 0) {
        columnOf[r] = c;
        rowOf[c] = r;
      }
    }
    transferReductions(wins);
  }

  /** Lets a row that won one column only keep it at the lowest price that still wins. */
  private void transferReductions(int[] wins) {
    for (int r = 0; r < n; r++) {
      if (wins[r] == 0) {
        freeRows[freeCount++] = r;
      } else if (wins[r] == 1 && n > 1) {
        int own = columnOf[r];
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < n; c++) {
          if (c != own) {
            least = Math.min(least, costs[r * n + c] - prices[c]);
          }
        }
        prices[own] -= least;
      }
    }
  }

  /**
   * Every free row takes its best column at the price of its second best; who held it becomes free
   * and is served at once if the price fell. The number of turns is bounded because rounding could
   * otherwise let two rows outbid each other for ever; prices stay valid whoever waits.
   */
  private void reduceRows() {
    int[] waiting = freeRows;
    int[] remaining = new int[n];
    int left = 0;
    int next = 0;
    TwoBest offers = new TwoBest();
    for (long turns = 0; next < freeCount; turns++) {
      int row = waiting[next++];
      offers.scan(costs, row * n, prices);
      int column = offers.bestColumn;
      double lowered = prices[column] - (offers.second - offers.best);
      boolean falls = lowered < prices[column];
      if (falls) {
        prices[column] = lowered;
      } else if (rowOf[column] != FREE && offers.second == offers.best) {
        column = offers.secondColumn;
      }
      int loser = rowOf[column];
      columnOf[row] = column;
      rowOf[column] = row;
      if (loser != FREE) {
        columnOf[loser] = FREE;
        if (falls && turns < (long) n * next) {
          waiting[--next] = loser;
        } else {
          remaining[left++] = loser;
        }
      }
    }
    freeRows = remaining;
    freeCount = left;
  }

  /** The two least reduced costs of a row, the first columns of equal ones. */
  private static final class TwoBest {
    private double best;
    private double second;
    private int bestColumn;
    private int secondColumn;

    void scan(double[] costs, int base, double[] prices) {
      double least = Double.POSITIVE_INFINITY;
      double next = Double.POSITIVE_INFINITY;
      int leastAt = 0;
      int nextAt = 0;
      for (int c = 0; c < prices.length; c++) {
        double reduced = costs[base + c] - prices[c];
        if (reduced < next) {
          if (reduced < least) {
            next = least;
            nextAt = leastAt;
            least = reduced;
            leastAt = c;
          } else {
            next = reduced;
            nextAt = c;
          }
        }
      }
      best = least;
      second = next;
      bestColumn = leastAt;
      secondColumn = nextAt;
    }
  }
}

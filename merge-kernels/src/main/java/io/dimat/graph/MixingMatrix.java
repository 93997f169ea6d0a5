package io.dimat.graph;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The mixing matrix W of a topology: agent i takes {@code sum_j w_ij x_j}. Non-negative, zero off
 * the topology, rows or columns (or both) summing to 1.
 */
public final class MixingMatrix implements MixingSchedule {
  private static final long serialVersionUID = 1L;

  /** Largest distance of a sum from 1. */
  public static final double TOLERANCE = 1e-12;

  private final Topology topology;
  private final double[][] weights;
  private final Stochasticity stochasticity;

  private MixingMatrix(Topology topology, double[][] weights) {
    this.topology = topology;
    this.weights = weights;
    requireShape();
    requireSupport();
    this.stochasticity = measure();
  }

  /**
   * {@code w_ij = 1 / (1 + max(d_i, d_j))} for neighbours of degree d, the rest on the diagonal:
   * symmetric and doubly stochastic on every topology.
   */
  public static MixingMatrix metropolisHastings(Topology topology) {
    int n = topology.agents();
    double[][] weights = new double[n][n];
    for (int i = 0; i < n; i++) {
      double rest = 1;
      for (int j : topology.neighbors(i)) {
        weights[i][j] =
            1.0 / (1 + Math.max(topology.neighbors(i).size(), topology.neighbors(j).size()));
        rest -= weights[i][j];
      }
      weights[i][i] = Math.max(0, rest);
    }
    return new MixingMatrix(topology, weights);
  }

  /** {@code w_ij = 1 / (1 + d_i)}: row stochastic, doubly so where all degrees are equal. */
  public static MixingMatrix uniform(Topology topology) {
    int n = topology.agents();
    double[][] weights = new double[n][n];
    for (int i = 0; i < n; i++) {
      double weight = 1.0 / (1 + topology.neighbors(i).size());
      weights[i][i] = weight;
      for (int j : topology.neighbors(i)) {
        weights[i][j] = weight;
      }
    }
    return new MixingMatrix(topology, weights);
  }

  /**
   * A matrix of one's own.
   *
   * @param weights [agents][agents], row i what agent i takes; copied
   * @throws IllegalArgumentException if a weight is negative or off the topology, or if neither all
   *     rows nor all columns sum to 1 within {@link #TOLERANCE}
   */
  public static MixingMatrix of(Topology topology, double[][] weights) {
    return new MixingMatrix(
        topology, Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new));
  }

  private void requireShape() {
    int n = agents();
    if (weights.length != n || Arrays.stream(weights).anyMatch(row -> row.length != n)) {
      throw new IllegalArgumentException(
          "a mixing matrix of %d agents has %d rows of %d weights, got rows of %s"
              .formatted(n, n, n, Arrays.stream(weights).map(row -> row.length).toList()));
    }
  }

  private void requireSupport() {
    for (int i = 0; i < agents(); i++) {
      for (int j = 0; j < agents(); j++) {
        double w = weights[i][j];
        if (!(w >= 0)) {
          throw new IllegalArgumentException(
              "mixing weights must not be negative, got w[%d][%d] = %s".formatted(i, j, w));
        }
        if (w > 0 && i != j && !topology.neighbors(i).contains(j)) {
          throw new IllegalArgumentException(
              "agents %d and %d are no neighbors in %s, got w[%d][%d] = %s: set it to 0"
                  .formatted(i, j, topology, i, j, w));
        }
      }
    }
  }

  private Stochasticity measure() {
    int row = firstOff(IntStream.range(0, agents()).mapToDouble(this::rowSum).toArray());
    int column = firstOff(IntStream.range(0, agents()).mapToDouble(this::columnSum).toArray());
    if (row >= 0 && column >= 0) {
      throw new IllegalArgumentException(
          ("rows or columns must sum to 1 within %s, got %s for row %d and %s for column %d:"
                  + " divide every row by its sum")
              .formatted(TOLERANCE, rowSum(row), row, columnSum(column), column));
    }
    if (row < 0) {
      return column < 0 ? Stochasticity.DOUBLY : Stochasticity.ROW;
    }
    return Stochasticity.COLUMN;
  }

  /** Index of the first sum that is not 1, or -1. */
  private static int firstOff(double[] sums) {
    return IntStream.range(0, sums.length)
        .filter(k -> !(Math.abs(sums[k] - 1) <= TOLERANCE))
        .findFirst()
        .orElse(-1);
  }

  private double rowSum(int i) {
    return Arrays.stream(weights[i]).sum();
  }

  private double columnSum(int j) {
    return Arrays.stream(weights).mapToDouble(row -> row[j]).sum();
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public MixingMatrix at(long step) {
    return this;
  }

  @Override
  public int period() {
    return 1;
  }

  public Stochasticity stochasticity() {
    return stochasticity;
  }

  /** How much agent i takes from agent j. */
  public double weight(int i, int j) {
    return weights[i][j];
  }

  /** What an agent takes from whom, itself included; only weights above 0. */
  public SortedMap<Integer, Double> row(int agent) {
    TreeMap<Integer, Double> row = new TreeMap<>();
    for (int j = 0; j < agents(); j++) {
      if (weights[agent][j] > 0) {
        row.put(j, weights[agent][j]);
      }
    }
    return row;
  }

  /** What an agent hands to whom, itself included; only weights above 0. */
  public SortedMap<Integer, Double> column(int agent) {
    TreeMap<Integer, Double> column = new TreeMap<>();
    for (int i = 0; i < agents(); i++) {
      if (weights[i][agent] > 0) {
        column.put(i, weights[i][agent]);
      }
    }
    return column;
  }

  /** True if {@code w_ij = w_ji} for all pairs, within {@link #TOLERANCE}. */
  public boolean isSymmetric() {
    for (int i = 0; i < agents(); i++) {
      for (int j = 0; j < i; j++) {
        if (Math.abs(weights[i][j] - weights[j][i]) > TOLERANCE) {
          return false;
        }
      }
    }
    return true;
  }

  /** A copy as [agents][agents]. */
  public double[][] toArray() {
    return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MixingMatrix that
        && topology.equals(that.topology)
        && Arrays.deepEquals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * topology.hashCode() + Arrays.deepHashCode(weights);
  }

  @Override
  public String toString() {
    return stochasticity + " stochastic mixing on " + topology;
  }
}

package io.dimat.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Regular arrangements in one sort of space: torus, grid, hypercube. Agents count row by row. */
public final class Lattices {
  private static final int TORUS_SIDE = 3;
  private static final int GRID_SIDE = 2;

  private Lattices() {}

  /**
   * Every agent beside four others, rows and columns closing into rings.
   *
   * @param rows at least 3
   * @param columns at least 3
   */
  public static Topology torus(int rows, int columns) {
    requireSides("torus", TORUS_SIDE, rows, columns);
    List<Edge> edges = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        edges.add(Edge.between(r * columns + c, r * columns + (c + 1) % columns));
        edges.add(Edge.between(r * columns + c, (r + 1) % rows * columns + c));
      }
    }
    return Topology.of("torus", rows * columns, edges);
  }

  /**
   * The most square torus of that many agents.
   *
   * @throws IllegalArgumentException if {@code agents} is no product of two numbers of at least 3,
   *     naming the nearest that is
   */
  public static Topology torus(int agents) {
    int rows = rowsOrRefuse("torus", TORUS_SIDE, agents);
    return torus(rows, agents / rows);
  }

  /**
   * Every agent beside the one above, below, left and right, where there is one.
   *
   * @param rows at least 2
   * @param columns at least 2
   */
  public static Topology grid(int rows, int columns) {
    requireSides("grid", GRID_SIDE, rows, columns);
    List<Edge> edges = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int agent = r * columns + c;
        if (c + 1 < columns) {
          edges.add(new Edge(agent, agent + 1));
        }
        if (r + 1 < rows) {
          edges.add(new Edge(agent, agent + columns));
        }
      }
    }
    return Topology.of("grid", rows * columns, edges);
  }

  /**
   * The most square grid of that many agents.
   *
   * @throws IllegalArgumentException if {@code agents} is no product of two numbers of at least 2,
   *     naming the nearest that is
   */
  public static Topology grid(int agents) {
    int rows = rowsOrRefuse("grid", GRID_SIDE, agents);
    return grid(rows, agents / rows);
  }

  /** Agents beside those whose number differs in one binary digit; a power of two, at least 2. */
  public static Topology hypercube(int agents) {
    if (agents < 2 || Integer.bitCount(agents) != 1) {
      int below = Math.max(2, Integer.highestOneBit(Math.max(2, agents)));
      throw new IllegalArgumentException(
          "hypercube needs a power of two of agents, got %d: take %d or %d"
              .formatted(agents, below, 2 * below));
    }
    List<Edge> edges = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      for (int bit = 1; bit < agents; bit <<= 1) {
        edges.add(Edge.between(agent, agent ^ bit));
      }
    }
    return Topology.of("hypercube", agents, edges);
  }

  private static void requireSides(String name, int least, int rows, int columns) {
    if (rows < least || columns < least) {
      throw new IllegalArgumentException(
          "%s needs at least %d rows and %d columns, got %d x %d"
              .formatted(name, least, least, rows, columns));
    }
  }

  private static int rowsOrRefuse(String name, int least, int agents) {
    int rows = mostSquare(least, agents);
    if (rows == 0) {
      throw new IllegalArgumentException(
          "%s needs rows x columns agents, both at least %d, got %d: take %d"
              .formatted(name, least, agents, nearest(least, agents)));
    }
    return rows;
  }

  /** The largest divisor not above the root whose cofactor is no smaller, or 0 if below least. */
  private static int mostSquare(int least, int agents) {
    return IntStream.rangeClosed(least, (int) Math.sqrt(Math.max(0, agents)))
        .filter(rows -> agents % rows == 0)
        .max()
        .orElse(0);
  }

  private static int nearest(int least, int agents) {
    return IntStream.iterate(1, distance -> distance + 1)
        .flatMap(distance -> IntStream.of(agents - distance, agents + distance))
        .filter(n -> mostSquare(least, n) > 0)
        .findFirst()
        .orElseThrow();
  }
}

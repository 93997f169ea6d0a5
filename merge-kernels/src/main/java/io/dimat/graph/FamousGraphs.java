package io.dimat.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Single well-known graphs, each with its own number of agents. */
final class FamousGraphs {
  /**
   * The events (1 to 14) that each of the 18 women attended: Davis, Gardner, Gardner, Deep South
   * (1941).
   */
  private static final int[][] DAVIS = {
    {1, 2, 3, 4, 5, 6, 8, 9},
    {1, 2, 3, 5, 6, 7, 8},
    {2, 3, 4, 5, 6, 7, 8, 9},
    {1, 3, 4, 5, 6, 7, 8},
    {3, 4, 5, 7},
    {3, 5, 6, 8},
    {5, 6, 7, 8},
    {6, 8, 9},
    {5, 7, 8, 9},
    {7, 8, 9, 12},
    {8, 9, 10, 12},
    {8, 9, 10, 12, 13, 14},
    {7, 8, 9, 10, 12, 13, 14},
    {6, 7, 9, 10, 11, 12, 13, 14},
    {7, 8, 10, 11, 12},
    {8, 9},
    {9, 11},
    {9, 11}
  };

  /**
   * Marriages of the families in alphabetical order, 8 being the Medici: Padgett and Ansell, Robust
   * Action and the Rise of the Medici (1993).
   */
  private static final int[][] FLORENTINE = {
    {0, 8}, {1, 5}, {1, 6}, {1, 8}, {2, 4}, {2, 8}, {3, 6}, {3, 10}, {3, 13}, {4, 10}, {4, 13},
    {6, 7}, {6, 14}, {8, 11}, {8, 12}, {8, 14}, {9, 12}, {10, 13}, {11, 13}, {11, 14}
  };

  private static final int[] DYCK = {5, -5, 13, -13};

  private FamousGraphs() {}

  /** Southern women: agents 0 to 17 are women, 18 to 31 the events that they attended. */
  static Topology davis(int agents) {
    requireExactly("davis", 32, agents);
    List<Edge> edges = new ArrayList<>();
    for (int woman = 0; woman < DAVIS.length; woman++) {
      for (int event : DAVIS[woman]) {
        edges.add(new Edge(woman, DAVIS.length + event - 1));
      }
    }
    return Topology.of("davis", agents, edges);
  }

  /** Florentine families: 15 families, 20 marriages. */
  static Topology florentine(int agents) {
    requireExactly("florentine", 15, agents);
    List<Edge> edges = new ArrayList<>();
    for (int[] pair : FLORENTINE) {
      edges.add(Edge.between(pair[0], pair[1]));
    }
    return Topology.of("florentine", agents, edges);
  }

  /** Petersen's graph: a ring of 5, a pentagram of 5, and a spoke for each pair. */
  static Topology petersen(int agents) {
    requireExactly("petersen", 10, agents);
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      edges.add(Edge.between(i, (i + 1) % 5));
      edges.add(Edge.between(i, i + 5));
      edges.add(Edge.between(5 + i, 5 + (i + 2) % 5));
    }
    return Topology.of("petersen", agents, edges);
  }

  /** Dyck's graph, in Lederberg's, Coxeter's and Frucht's notation [5, -5, 13, -13]^8. */
  static Topology dyck(int agents) {
    requireExactly("dyck", 32, agents);
    List<Edge> edges = new ArrayList<>(Topology.ring(agents).edges());
    IntStream.range(0, agents)
        .mapToObj(i -> Edge.between(i, Math.floorMod(i + DYCK[i % DYCK.length], agents)))
        .forEach(edges::add);
    return Topology.of("dyck", agents, edges);
  }

  private static void requireExactly(String name, int size, int agents) {
    if (agents != size) {
      throw new IllegalArgumentException(
          "%s needs exactly %d agents, got %d".formatted(name, size, agents));
    }
  }
}

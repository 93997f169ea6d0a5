package io.dimat.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.jgrapht.alg.util.UnionFind;

/** Topologies that are drawn. */
final class RandomGraphs {
  /** Draws before giving up. */
  static final int DRAWS = 1000;

  private RandomGraphs() {}

  /**
   * The random graph G(n, p) of Erdos, Renyi and Gilbert: every pair an edge with probability p,
   * drawn again until connected.
   *
   * @param agents at least 2
   * @param probability in (0, 1], or 0 for {@code min(1, 2 ln n / n)}, where most draws are
   *     connected
   * @throws IllegalArgumentException if none of {@value #DRAWS} draws is connected
   */
  static Topology erdosRenyi(int agents, double probability, long seed) {
    Topology.requireAtLeast("erdos-renyi", 2, agents);
    double p = probability == 0 ? usual(agents) : probability;
    for (int draw = 0; draw < DRAWS; draw++) {
      List<Edge> edges = draw(agents, p, StepStream.of(seed, draw));
      if (isConnected(agents, edges)) {
        return Topology.of("erdos-renyi", agents, edges);
      }
    }
    throw new IllegalArgumentException(
        "erdos-renyi drew no connected graph of %d agents in %d draws, got topology.probability = %s: take 2 ln n / n = %.3f or more"
            .formatted(agents, DRAWS, p, usual(agents)));
  }

  private static double usual(int agents) {
    return Math.min(1, 2 * Math.log(agents) / agents);
  }

  private static List<Edge> draw(int agents, double probability, UniformRandomProvider random) {
    List<Edge> edges = new ArrayList<>();
    for (int from = 0; from < agents; from++) {
      for (int to = from + 1; to < agents; to++) {
        if (random.nextDouble() < probability) {
          edges.add(new Edge(from, to));
        }
      }
    }
    return edges;
  }

  private static boolean isConnected(int agents, List<Edge> edges) {
    UnionFind<Integer> parts = new UnionFind<>(Set.of());
    for (int agent = 0; agent < agents; agent++) {
      parts.addElement(agent);
    }
    edges.forEach(edge -> parts.union(edge.from(), edge.to()));
    return parts.numberOfSets() == 1;
  }
}

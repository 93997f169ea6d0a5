package io.dimat.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Directed circulant mixing: every agent i sends to i + u (mod n) for the same offsets u. */
final class Circulant {
  private Circulant() {}

  /** The undirected support: an edge between i and i + u for every offset u in [1, n). */
  static Topology support(String name, int agents, Collection<Integer> offsets) {
    List<Edge> edges = new ArrayList<>();
    for (int u : offsets) {
      for (int i = 0; i < agents; i++) {
        edges.add(Edge.between(i, (i + u) % agents));
      }
    }
    return Topology.of(name, agents, edges);
  }

  /**
   * {@code w_ii = self, w_i,i-u += weight} for every offset: doubly stochastic.
   *
   * @param weight {@code (1 - self) / offsets.size()}; an offset that is listed twice counts twice
   */
  static MixingMatrix mixing(
      Topology topology, double self, double weight, Collection<Integer> offsets) {
    int n = topology.agents();
    double[][] weights = new double[n][n];
    for (int i = 0; i < n; i++) {
      weights[i][i] = self;
      for (int u : offsets) {
        weights[i][Math.floorMod(i - u, n)] += weight;
      }
    }
    return MixingMatrix.of(topology, weights);
  }
}

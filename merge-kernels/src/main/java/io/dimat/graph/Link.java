package io.dimat.graph;

import java.io.Serializable;
import java.util.List;

/**
 * Two agents that take the same weight from each other.
 *
 * @param weight in (0, 1]
 */
record Link(Edge edge, double weight) implements Serializable {
  static Link between(int a, int b, double weight) {
    return new Link(Edge.between(a, b), weight);
  }

  /**
   * The symmetric, doubly stochastic matrix {@code I - sum of w (e_i - e_j)(e_i - e_j)'} of links
   * i-j of weight w; an agent without a link keeps its value.
   */
  static MixingMatrix mixing(Topology topology, List<Link> links) {
    int n = topology.agents();
    double[][] weights = new double[n][n];
    for (int i = 0; i < n; i++) {
      weights[i][i] = 1;
    }
    for (Link link : links) {
      int i = link.edge.from();
      int j = link.edge.to();
      weights[i][j] += link.weight;
      weights[j][i] += link.weight;
      weights[i][i] = Math.max(0, weights[i][i] - link.weight);
      weights[j][j] = Math.max(0, weights[j][j] - link.weight);
    }
    return MixingMatrix.of(topology, weights);
  }
}

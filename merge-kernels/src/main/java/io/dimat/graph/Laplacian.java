package io.dimat.graph;

import java.util.Collection;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/** The graph Laplacian {@code L = sum of (e_i - e_j)(e_i - e_j)'} over edges i-j. */
final class Laplacian {
  private Laplacian() {}

  static RealMatrix of(Topology topology) {
    RealMatrix laplacian = zero(topology.agents());
    addTo(laplacian, topology.edges(), 1);
    return laplacian;
  }

  static RealMatrix zero(int agents) {
    return MatrixUtils.createRealMatrix(agents, agents);
  }

  /** Adds {@code factor} times the Laplacian of these edges. */
  static void addTo(RealMatrix sum, Collection<Edge> edges, double factor) {
    for (Edge edge : edges) {
      sum.addToEntry(edge.from(), edge.to(), -factor);
      sum.addToEntry(edge.to(), edge.from(), -factor);
      sum.addToEntry(edge.from(), edge.from(), factor);
      sum.addToEntry(edge.to(), edge.to(), factor);
    }
  }
}

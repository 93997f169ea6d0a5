package io.dimat.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;

/**
 * More rules that weigh the edges of a topology, beside {@link MixingMatrix#metropolisHastings} and
 * {@link MixingMatrix#uniform}.
 */
public final class WeightRules {
  private WeightRules() {}

  /**
   * {@code (W + I) / 2} of Metropolis and Hastings' W: half as fast, but no eigenvalue is negative,
   * as D2 and exact diffusion need it.
   */
  public static MixingMatrix lazy(Topology topology) {
    double[][] weights = MixingMatrix.metropolisHastings(topology).toArray();
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        weights[i][j] = (weights[i][j] + (i == j ? 1 : 0)) / 2;
      }
    }
    return MixingMatrix.of(topology, weights);
  }

  /** {@code I - L / (1 + largest degree)}, L the Laplacian: symmetric and doubly stochastic. */
  public static MixingMatrix maxDegree(Topology topology) {
    return constantEdge(topology, 1.0 / (1 + topology.maxDegree()));
  }

  /**
   * {@code I - 2 L / (lambda_2 + lambda_n)} of the Laplacian's second smallest and largest
   * eigenvalue: the fastest of all symmetric matrices with one weight for every edge. Xiao, Boyd:
   * Fast Linear Iterations for Distributed Averaging (2004).
   *
   * @throws IllegalArgumentException if an agent's own weight would be negative, as happens where
   *     degrees differ much, or if the topology has no edges
   */
  public static MixingMatrix bestConstant(Topology topology) {
    if (topology.edges().isEmpty()) {
      throw new IllegalArgumentException("mixing best-constant needs edges, got " + topology);
    }
    SymmetricSpectrum lambda = SymmetricSpectrum.of(Laplacian.of(topology));
    double weight = 2 / (lambda.value(1) + lambda.largest());
    int busiest = topology.maxDegree();
    double least = 1 - busiest * weight;
    if (least < -MixingMatrix.TOLERANCE) {
      throw new IllegalArgumentException(
          "mixing best-constant leaves an agent of %d neighbours the negative weight %.3f on %s: use mixing.name = metropolis-hastings"
              .formatted(busiest, least, topology));
    }
    return constantEdge(topology, weight);
  }

  /**
   * Uniform out-weights of an undirected topology: every agent hands the same share {@code 1 / (1 +
   * d_j)} to itself and each neighbour. Columns sum to 1; for push-sum.
   */
  public static MixingMatrix uniformOut(Topology topology) {
    return handedOut(topology, topology::neighbors);
  }

  /**
   * Uniform out-weights of a directed graph: agent j hands {@code 1 / (1 + its receivers)} to
   * itself and each of its receivers. Columns sum to 1; for push-sum.
   *
   * @param receivers entry j: whom agent j sends to, itself excluded
   * @throws IllegalArgumentException if an agent has no path to another one
   */
  public static MixingMatrix uniformOut(List<Set<Integer>> receivers) {
    Graph<Integer, DefaultEdge> graph = new DefaultDirectedGraph<>(DefaultEdge.class);
    for (int j = 0; j < receivers.size(); j++) {
      graph.addVertex(j);
    }
    List<Edge> edges = new ArrayList<>();
    for (int j = 0; j < receivers.size(); j++) {
      for (int i : receivers.get(j)) {
        edges.add(Edge.between(i, j));
      }
    }
    Topology support = Topology.of("directed", receivers.size(), edges);
    for (int j = 0; j < receivers.size(); j++) {
      for (int i : receivers.get(j)) {
        graph.addEdge(j, i);
      }
    }
    if (!new KosarajuStrongConnectivityInspector<>(graph).isStronglyConnected()) {
      throw new IllegalArgumentException(
          "push-sum needs a directed path from every agent to every other, got receivers "
              + receivers);
    }
    return handedOut(support, receivers::get);
  }

  private static MixingMatrix handedOut(Topology topology, IntFunction<Set<Integer>> receivers) {
    int n = topology.agents();
    double[][] weights = new double[n][n];
    for (int j = 0; j < n; j++) {
      double share = 1.0 / (1 + receivers.apply(j).size());
      weights[j][j] = share;
      for (int i : receivers.apply(j)) {
        weights[i][j] = share;
      }
    }
    return MixingMatrix.of(topology, weights);
  }

  private static MixingMatrix constantEdge(Topology topology, double weight) {
    return Link.mixing(
        topology, topology.edges().stream().map(edge -> new Link(edge, weight)).toList());
  }
}

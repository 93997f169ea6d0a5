package io.dimat.graph;

import java.io.Serializable;
import java.util.List;

/**
 * What topologies and mixing rules may ask for besides their name and the number of agents. Each
 * reads what it needs.
 *
 * @param seed of drawn topologies and drawn matrices
 * @param edges of {@link Topologies#EDGES}; empty for all others
 * @param probability of an edge of {@code erdos-renyi}, in (0, 1]; 0 for {@code min(1, 2 ln n / n)}
 * @param peers k of {@code base}, the Base-(k+1) graph: most peers of an agent at a step
 * @param matrices M of {@code d-equi-static} and {@code u-equi-static}: offsets that are averaged
 * @param budget of {@code matcha}: expected share of matchings in use, in (0, 1]
 * @param matrix of {@link Mixings#MATRIX}, row i what agent i takes; empty for all others
 */
public record TopologyOptions(
    long seed,
    List<Edge> edges,
    double probability,
    int peers,
    int matrices,
    double budget,
    List<List<Double>> matrix)
    implements Serializable {
  public static final double DEFAULT_PROBABILITY = 0;
  public static final int DEFAULT_PEERS = 1;
  public static final int DEFAULT_MATRICES = 5;
  public static final double DEFAULT_BUDGET = 0.5;

  public TopologyOptions {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "topology.probability must be from 0 to 1, got " + probability);
    }
    edges = List.copyOf(edges);
    matrix = matrix.stream().map(List::copyOf).toList();
  }

  /** The defaults, no edges and no matrix. */
  public static TopologyOptions seeded(long seed) {
    return new TopologyOptions(
        seed,
        List.of(),
        DEFAULT_PROBABILITY,
        DEFAULT_PEERS,
        DEFAULT_MATRICES,
        DEFAULT_BUDGET,
        List.of());
  }

  /** These options with edges of one's own. */
  public TopologyOptions withEdges(List<Edge> own) {
    return new TopologyOptions(seed, own, probability, peers, matrices, budget, matrix);
  }

  /** These options with a matrix of one's own. */
  public TopologyOptions withMatrix(List<List<Double>> own) {
    return new TopologyOptions(seed, edges, probability, peers, matrices, budget, own);
  }
}

package io.dimat.conf;

import io.dimat.graph.Edge;
import java.io.Serializable;
import java.util.List;

/**
 * Who may talk to whom.
 *
 * @param name one of {@link io.dimat.graph.Topologies#names()}
 * @param edges undirected, read by {@link io.dimat.graph.Topologies#EDGES}; empty otherwise
 * @param probability of an edge, read by {@code erdos-renyi}
 * @param peers most peers at a step, read by {@code base}
 * @param matrices how many are averaged, read by {@code d-equi-static} and {@code u-equi-static}
 */
public record TopologyConfig(
    String name, List<Edge> edges, double probability, int peers, int matrices)
    implements Serializable {
  public TopologyConfig {
    edges = List.copyOf(edges);
  }

  static TopologyConfig of(ConfigValues values) {
    return new TopologyConfig(
        values.get(GraphKeys.TOPOLOGY_NAME),
        values.get(GraphKeys.TOPOLOGY_EDGES),
        values.get(GraphKeys.TOPOLOGY_PROBABILITY),
        values.get(GraphKeys.TOPOLOGY_PEERS),
        values.get(GraphKeys.TOPOLOGY_MATRICES));
  }
}

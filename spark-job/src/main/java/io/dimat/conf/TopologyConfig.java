package io.dimat.conf;

import io.dimat.graph.Edge;
import java.io.Serializable;
import java.util.List;

/**
 * Who may talk to whom.
 *
 * @param edges undirected, read by {@link Name#EDGES}; empty otherwise
 */
public record TopologyConfig(String name, List<Edge> edges) implements Serializable {
  public TopologyConfig {
    edges = List.copyOf(edges);
  }

  static TopologyConfig of(ConfigValues values) {
    return new TopologyConfig(
        values.get(ConfigKeys.TOPOLOGY_NAME), values.get(ConfigKeys.TOPOLOGY_EDGES));
  }
}

package io.dimat.conf;

import static io.dimat.conf.ConfigKey.counted;
import static io.dimat.conf.ConfigKey.named;

import io.dimat.graph.Edge;
import io.dimat.graph.Mixings;
import io.dimat.graph.Topologies;
import io.dimat.graph.TopologyOptions;
import java.util.List;

/** Who exchanges with whom, and with which weights. */
final class GraphKeys {
  static final ConfigKey<String> TOPOLOGY_NAME =
      named(
          "topology.name",
          Topologies.names(),
          "ring",
          "who may talk to whom; edges reads topology.edges",
          c -> c.topology().name());
  static final ConfigKey<List<Edge>> TOPOLOGY_EDGES =
      counted(
          "topology.edges",
          new EdgesType(),
          List.of(),
          "undirected edges between agents, counted from 0",
          c -> c.topology().edges());
  static final ConfigKey<Double> TOPOLOGY_PROBABILITY =
      counted(
          "topology.probability",
          DecimalType.between(0, 1),
          TopologyOptions.DEFAULT_PROBABILITY,
          "probability of an edge of erdos-renyi; 0 for 2 ln n / n",
          c -> c.topology().probability());
  static final ConfigKey<Integer> TOPOLOGY_PEERS =
      counted(
          "topology.peers",
          IntegerType.from(1),
          TopologyOptions.DEFAULT_PEERS,
          "k of base, the Base-(k+1) graph: most peers of an agent at a step",
          c -> c.topology().peers());
  static final ConfigKey<Integer> TOPOLOGY_MATRICES =
      counted(
          "topology.matrices",
          IntegerType.from(1),
          TopologyOptions.DEFAULT_MATRICES,
          "random offsets that d-equi-static and u-equi-static average",
          c -> c.topology().matrices());
  static final ConfigKey<String> MIXING_NAME =
      named(
          "mixing.name",
          Mixings.names(),
          "metropolis-hastings",
          "how neighbours are weighed; matrix reads mixing.matrix, own is what exponential, base and equi topologies bring",
          c -> c.mixing().name());
  static final ConfigKey<Double> MIXING_BUDGET =
      counted(
          "mixing.budget",
          DecimalType.share(),
          TopologyOptions.DEFAULT_BUDGET,
          "share of its matchings that matcha uses at a step, on average",
          c -> c.mixing().budget());
  static final ConfigKey<List<List<Double>>> MIXING_MATRIX =
      counted(
          "mixing.matrix",
          new MatrixType(),
          List.of(),
          "mixing matrix W, one row for each agent",
          c -> c.mixing().matrix());

  static final List<ConfigKey<?>> ALL =
      List.of(
          TOPOLOGY_NAME,
          TOPOLOGY_EDGES,
          TOPOLOGY_PROBABILITY,
          TOPOLOGY_PEERS,
          TOPOLOGY_MATRICES,
          MIXING_NAME,
          MIXING_BUDGET,
          MIXING_MATRIX);

  private GraphKeys() {}
}

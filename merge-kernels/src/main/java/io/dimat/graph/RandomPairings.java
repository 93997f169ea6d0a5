package io.dimat.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;

/**
 * Pairs of neighbours that take their mean, drawn anew at every step: the gossip of SwarmSGD
 * (Nadiradze, Sabour, Davies, Li, Alistarh, arXiv 1910.12308), and Boyd, Ghosh, Prabhakar, Shah,
 * Randomized Gossip Algorithms (2006).
 */
final class RandomPairings {
  private RandomPairings() {}

  /** One edge a step, all equally likely; everyone else keeps its model. */
  static MixingSchedule oneEdge(Topology topology, long seed) {
    requireEdges(topology);
    return new OneEdge(topology, seed);
  }

  /**
   * As many disjoint edges a step as fit: the edges in random order, each taken if both agents are
   * free, so that no two neighbours are left idle.
   */
  static MixingSchedule maximalMatching(Topology topology, long seed) {
    requireEdges(topology);
    return new MaximalMatching(topology, seed);
  }

  private static void requireEdges(Topology topology) {
    if (topology.edges().isEmpty()) {
      throw new IllegalArgumentException("random pairs need edges, got " + topology);
    }
  }

  private static Link pair(Edge edge) {
    return new Link(edge, 0.5);
  }

  private record OneEdge(Topology topology, long seed) implements MixingSchedule {
    @Override
    public MixingMatrix at(long step) {
      List<Edge> edges = topology.edges();
      int drawn = StepStream.of(seed, step).nextInt(edges.size());
      return Link.mixing(topology, List.of(pair(edges.get(drawn))));
    }

    @Override
    public int period() {
      return 0;
    }
  }

  private record MaximalMatching(Topology topology, long seed) implements MixingSchedule {
    @Override
    public MixingMatrix at(long step) {
      UniformRandomProvider random = StepStream.of(seed, step);
      List<Edge> edges = new ArrayList<>(topology.edges());
      ListSampler.shuffle(random, edges);
      Set<Integer> taken = new HashSet<>();
      List<Link> links = new ArrayList<>();
      for (Edge edge : edges) {
        if (!taken.contains(edge.from()) && !taken.contains(edge.to())) {
          taken.add(edge.from());
          taken.add(edge.to());
          links.add(pair(edge));
        }
      }
      return Link.mixing(topology, links);
    }

    @Override
    public int period() {
      return 0;
    }
  }
}

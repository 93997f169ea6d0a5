package io.dimat.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The Base-(k+1) graph: a periodic sequence whose product over one period is exactly the mean, for
 * every number of agents, with at most k peers each and step.
 *
 * <p>{@code n = p q}, p the largest divisor without prime factors above k + 1: Simple Base-(k+1) in
 * p groups of q agents, then a hyper-hypercube across the groups; or Simple Base-(k+1) alone, where
 * that is shorter. Takezawa, Sato, Bao, Niwa, Yamada (arXiv 2305.11420), algorithm 3.
 *
 * @param rounds links of each step of a period
 */
record BaseGraph(Topology topology, List<List<Link>> rounds) implements MixingSchedule {
  private static final String NAME = "base";

  BaseGraph {
    rounds = rounds.stream().map(List::copyOf).toList();
  }

  /**
   * The graph of that many agents.
   *
   * @param agents at least 2
   * @param peers k, at least 1 and below {@code agents}
   */
  static BaseGraph of(int agents, int peers) {
    Topology.requireAtLeast(NAME, 2, agents);
    if (peers < 1 || peers >= agents) {
      throw new IllegalArgumentException(
          "topology base of %d agents needs topology.peers from 1 to %d, got %d"
              .formatted(agents, agents - 1, peers));
    }
    List<List<Link>> simple = SimpleBase.rounds(range(0, agents, 1), peers);
    List<List<Link>> grouped = grouped(agents, peers);
    List<List<Link>> rounds = simple.size() < grouped.size() ? simple : grouped;
    List<Edge> edges = rounds.stream().flatMap(List::stream).map(Link::edge).toList();
    return new BaseGraph(Topology.of(NAME, agents, edges), rounds);
  }

  private static List<List<Link>> grouped(int agents, int peers) {
    int size = agents;
    for (int factor = 2; factor <= peers + 1; factor++) {
      while (size % factor == 0) {
        size /= factor;
      }
    }
    int groups = agents / size;
    List<List<Link>> rounds = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      addTo(rounds, SimpleBase.rounds(range(g * size, size, 1), peers));
    }
    HyperHypercube across = HyperHypercube.of(groups, peers);
    for (int q = 0; q < across.rounds(); q++) {
      List<Link> links = new ArrayList<>();
      for (int r = 0; r < size; r++) {
        links.addAll(across.round(q, range(r, groups, size)));
      }
      rounds.add(links);
    }
    return rounds;
  }

  /** Joins two sequences of the same length, or begins with the first one. */
  private static void addTo(List<List<Link>> rounds, List<List<Link>> more) {
    for (int r = 0; r < more.size(); r++) {
      if (r == rounds.size()) {
        rounds.add(new ArrayList<>());
      }
      rounds.get(r).addAll(more.get(r));
    }
  }

  private static List<Integer> range(int first, int count, int stride) {
    return IntStream.range(0, count).mapToObj(i -> first + i * stride).toList();
  }

  @Override
  public MixingMatrix at(long step) {
    return Link.mixing(topology, rounds.get(Math.floorMod(step, rounds.size())));
  }

  @Override
  public int period() {
    return rounds.size();
  }
}

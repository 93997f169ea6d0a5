package io.dimat.graph;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Agents that are connected among themselves and of which everyone else has a neighbour: the
 * backbone of DSMA.
 *
 * @param members ascending, at least one
 */
public record ConnectedDominatingSet(Topology topology, SortedSet<Integer> members)
    implements Serializable {
  /**
   * Checks both properties.
   *
   * @throws IllegalArgumentException naming an agent that breaks one
   */
  public ConnectedDominatingSet {
    SortedSet<Integer> own = new TreeSet<>(members);
    if (own.isEmpty() || own.first() < 0 || own.last() >= topology.agents()) {
      throw new IllegalArgumentException(
          "a dominating set has members from 0 to %d, got %s"
              .formatted(topology.agents() - 1, own));
    }
    for (int agent = 0; agent < topology.agents(); agent++) {
      if (!own.contains(agent) && Collections.disjoint(own, topology.neighbors(agent))) {
        throw new IllegalArgumentException(
            "every agent is in a dominating set or beside it, got agent %d with none of %s"
                .formatted(agent, own));
      }
    }
    SortedSet<Integer> apart = new TreeSet<>(own);
    apart.removeAll(reached(topology, own));
    if (!apart.isEmpty()) {
      throw new IllegalArgumentException(
          "a connected dominating set has paths inside itself, got none from %d to %d in %s"
              .formatted(own.first(), apart.first(), own));
    }
    members = Collections.unmodifiableSortedSet(own);
  }

  /**
   * Greedy: begins with the agent of most neighbours and adds, as long as someone is not covered,
   * the covered agent that covers most others; the lowest of several. Guha, Khuller: Approximation
   * Algorithms for Connected Dominating Sets (1998). Small, not always the smallest.
   *
   * @param topology connected
   */
  public static ConnectedDominatingSet of(Topology topology) {
    SortedSet<Integer> members = new TreeSet<>();
    SortedSet<Integer> covered = new TreeSet<>();
    Collection<Integer> candidates = IntStream.range(0, topology.agents()).boxed().toList();
    while (covered.size() < topology.agents()) {
      int next =
          candidates.stream()
              .filter(agent -> !members.contains(agent))
              .max(
                  Comparator.comparingLong((Integer agent) -> gain(topology, agent, covered))
                      .thenComparing(Comparator.reverseOrder()))
              .orElseThrow(() -> new IllegalArgumentException("not connected, got " + topology));
      members.add(next);
      covered.add(next);
      covered.addAll(topology.neighbors(next));
      candidates = covered;
    }
    return new ConnectedDominatingSet(topology, members);
  }

  private static long gain(Topology topology, int agent, SortedSet<Integer> covered) {
    return topology.neighbors(agent).stream().filter(other -> !covered.contains(other)).count();
  }

  private static SortedSet<Integer> reached(Topology topology, SortedSet<Integer> members) {
    SortedSet<Integer> reached = new TreeSet<>();
    Deque<Integer> queue = new ArrayDeque<>();
    reached.add(members.first());
    queue.add(members.first());
    while (!queue.isEmpty()) {
      for (int next : topology.neighbors(queue.remove())) {
        if (members.contains(next) && reached.add(next)) {
          queue.add(next);
        }
      }
    }
    return reached;
  }

  /** Whether an agent belongs to the backbone. */
  public boolean contains(int agent) {
    return members.contains(agent);
  }
}

package io.dimat.graph;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** The topologies a configuration can name. */
public final class Topologies {
  /** The name under which a configuration lists edges of its own. */
  public static final String EDGES = "edges";

  private static final SortedMap<String, IntFunction<Topology>> FAMILIES =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  "ring", Topology::ring,
                  "chain", Topology::chain,
                  "fully-connected", Topology::fullyConnected,
                  "star", Topology::star)));

  private Topologies() {}

  /** All names, {@link #EDGES} among them. */
  public static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(FAMILIES.keySet());
    names.add(EDGES);
    return names;
  }

  /**
   * The topology of that name.
   *
   * @param edges read for {@link #EDGES}, empty for all others
   * @throws IllegalArgumentException if the name is unknown, listing those that are, or if the
   *     topology cannot have that many agents
   */
  public static Topology named(String name, int agents, List<Edge> edges) {
    if (name.equals(EDGES)) {
      return Topology.ofEdges(agents, edges);
    }
    IntFunction<Topology> family = FAMILIES.get(name);
    if (family == null) {
      throw new IllegalArgumentException("topology must be one of " + names() + ", got " + name);
    }
    if (!edges.isEmpty()) {
      throw new IllegalArgumentException(
          "topology " + name + " has its own edges, got " + edges + ": name it " + EDGES);
    }
    return family.apply(agents);
  }
}

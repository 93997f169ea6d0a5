package io.dimat.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;

/** Which of the agents 0 to n - 1 are neighbours: an undirected graph without loops. */
public final class Topology implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final List<Edge> edges;
  private final List<SortedSet<Integer>> neighbors = new ArrayList<>();

  private Topology(String name, int agents, List<Edge> edges) {
    this.name = name;
    this.edges = List.copyOf(new TreeSet<>(edges));
    List<SortedSet<Integer>> sets = new ArrayList<>();
    IntStream.range(0, agents).forEach(agent -> sets.add(new TreeSet<>()));
    for (Edge edge : this.edges) {
      sets.get(edge.from()).add(edge.to());
      sets.get(edge.to()).add(edge.from());
    }
    sets.forEach(set -> neighbors.add(Collections.unmodifiableSortedSet(set)));
  }

  /** Agent i beside i - 1 and i + 1, the last beside the first; at least 3 agents. */
  public static Topology ring(int agents) {
    requireAtLeast("ring", 3, agents);
    List<Edge> edges = new ArrayList<>(path(agents));
    edges.add(new Edge(0, agents - 1));
    return new Topology("ring", agents, edges);
  }

  /** Agent i beside i - 1 and i + 1, with two ends; at least 2 agents. */
  public static Topology chain(int agents) {
    requireAtLeast("chain", 2, agents);
    return new Topology("chain", agents, path(agents));
  }

  /** Everyone beside everyone; at least 2 agents. */
  public static Topology fullyConnected(int agents) {
    requireAtLeast("fully-connected", 2, agents);
    List<Edge> edges = new ArrayList<>();
    for (int from = 0; from < agents; from++) {
      for (int to = from + 1; to < agents; to++) {
        edges.add(new Edge(from, to));
      }
    }
    return new Topology("fully-connected", agents, edges);
  }

  /** Agent 0 beside all others; at least 2 agents. */
  public static Topology star(int agents) {
    requireAtLeast("star", 2, agents);
    List<Edge> edges = IntStream.range(1, agents).mapToObj(to -> new Edge(0, to)).toList();
    return new Topology("star", agents, edges);
  }

  /**
   * Two hubs, agents n - 2 and n - 1, each beside every other agent but not beside each other; at
   * least 3 agents. DIMAT's "bipartite" topology (arXiv 2404.08079).
   */
  public static Topology bipartite(int agents) {
    requireAtLeast("bipartite", 3, agents);
    List<Edge> edges = new ArrayList<>();
    for (int leaf = 0; leaf < agents - 2; leaf++) {
      edges.add(new Edge(leaf, agents - 2));
      edges.add(new Edge(leaf, agents - 1));
    }
    return of("bipartite", agents, edges);
  }

  /**
   * A topology given by its edges, repeated ones counting once.
   *
   * @throws IllegalArgumentException if an edge names an agent that is none of {@code agents}, or
   *     if an agent cannot be reached from agent 0
   */
  public static Topology ofEdges(int agents, List<Edge> edges) {
    return of("edges", agents, edges);
  }

  /** A connected topology of a family of that name; refuses what {@link #ofEdges} refuses. */
  static Topology of(String name, int agents, List<Edge> edges) {
    requireAtLeast(name, 1, agents);
    for (Edge edge : edges) {
      if (edge.to() >= agents) {
        throw new IllegalArgumentException(
            "edges join agents 0 to " + (agents - 1) + ", got " + edge);
      }
    }
    Topology topology = new Topology(name, agents, edges);
    topology.requireConnected();
    return topology;
  }

  /** No neighbours at all: the control without communication, the only one not connected. */
  public static Topology isolated(int agents) {
    requireAtLeast("isolated", 1, agents);
    return new Topology("isolated", agents, List.of());
  }

  private static List<Edge> path(int agents) {
    return IntStream.range(1, agents).mapToObj(to -> new Edge(to - 1, to)).toList();
  }

  static void requireAtLeast(String name, int least, int agents) {
    if (agents < least) {
      throw new IllegalArgumentException(
          name + " needs at least " + least + " agents, got " + agents);
    }
  }

  private void requireConnected() {
    Graph<Integer, DefaultEdge> graph = new SimpleGraph<>(DefaultEdge.class);
    IntStream.range(0, agents()).forEach(graph::addVertex);
    edges.forEach(edge -> graph.addEdge(edge.from(), edge.to()));
    SortedSet<Integer> unreachable = new TreeSet<>(graph.vertexSet());
    unreachable.removeAll(new ConnectivityInspector<>(graph).connectedSetOf(0));
    if (!unreachable.isEmpty()) {
      throw new IllegalArgumentException(
          "every agent must be reachable from agent 0, got no path to agent "
              + unreachable.first());
    }
  }

  /** Name of the family, for example {@code ring}. */
  public String name() {
    return name;
  }

  /** Number of agents. */
  public int agents() {
    return neighbors.size();
  }

  /** Number of an agent's neighbours. */
  public int degree(int agent) {
    return neighbors.get(agent).size();
  }

  /** The largest degree; 0 if nobody has neighbours. */
  public int maxDegree() {
    return neighbors.stream().mapToInt(Set::size).max().orElseThrow();
  }

  /** An agent's neighbours without itself, unmodifiable. */
  public SortedSet<Integer> neighbors(int agent) {
    return neighbors.get(agent);
  }

  /** All edges in ascending order, unmodifiable. */
  public List<Edge> edges() {
    return edges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Topology that
        && name.equals(that.name)
        && neighbors.equals(that.neighbors);
  }

  @Override
  public int hashCode() {
    return neighbors.hashCode();
  }

  @Override
  public String toString() {
    return name + " of " + agents() + " agents, " + edges.size() + " edges";
  }
}

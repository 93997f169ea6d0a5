package io.dimat.graph;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** A topology without cycles, seen from a root: the paths that relayed sums take. */
public final class Tree implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NONE = -1;

  private final Topology topology;
  private final int root;
  private final int[] parents;
  private final int[] depths;

  private Tree(Topology topology, int root) {
    this.topology = topology;
    this.root = root;
    this.parents = new int[topology.agents()];
    this.depths = new int[topology.agents()];
    Arrays.fill(parents, NONE);
    hang();
  }

  /**
   * A tree that is given as a topology.
   *
   * @throws IllegalArgumentException if the topology is not connected or has a cycle
   */
  public static Tree of(Topology topology, int root) {
    requireAgent(topology, root);
    if (topology.edges().size() != topology.agents() - 1) {
      throw new IllegalArgumentException(
          "a tree of %d agents has %d edges, got %s: take a spanning tree of it"
              .formatted(topology.agents(), topology.agents() - 1, topology));
    }
    return new Tree(topology, root);
  }

  /**
   * The spanning tree of shortest paths from a root, lexicographically first where several are
   * shortest.
   *
   * @param topology connected; if it is a tree, it is its own spanning tree
   */
  public static Tree breadthFirst(Topology topology, int root) {
    requireAgent(topology, root);
    List<Edge> edges = new ArrayList<>();
    boolean[] seen = new boolean[topology.agents()];
    seen[root] = true;
    Deque<Integer> queue = new ArrayDeque<>(List.of(root));
    while (!queue.isEmpty()) {
      int agent = queue.remove();
      for (int next : topology.neighbors(agent)) {
        if (!seen[next]) {
          seen[next] = true;
          edges.add(Edge.between(agent, next));
          queue.add(next);
        }
      }
    }
    return new Tree(Topology.of(topology.name() + "-tree", topology.agents(), edges), root);
  }

  private static void requireAgent(Topology topology, int root) {
    if (root < 0 || root >= topology.agents()) {
      throw new IllegalArgumentException(
          "the root is an agent from 0 to %d, got %d".formatted(topology.agents() - 1, root));
    }
  }

  private void hang() {
    int reached = 0;
    Deque<Integer> queue = new ArrayDeque<>(List.of(root));
    while (!queue.isEmpty()) {
      int agent = queue.remove();
      reached++;
      for (int child : topology.neighbors(agent)) {
        if (child != parents[agent]) {
          parents[child] = agent;
          depths[child] = depths[agent] + 1;
          queue.add(child);
        }
      }
    }
    if (reached != topology.agents()) {
      throw new IllegalArgumentException(
          "a tree joins all agents, got %d of %s".formatted(reached, topology));
    }
  }

  /**
   * The tree with agent i in the place of n - 1 - i: the second of RelaySum's double trees, so that
   * an agent that is busy in one is idle in the other.
   */
  public Tree mirrored() {
    int last = topology.agents() - 1;
    List<Edge> edges =
        topology.edges().stream()
            .map(edge -> Edge.between(last - edge.from(), last - edge.to()))
            .toList();
    String name = topology.name() + "-mirrored";
    return new Tree(Topology.of(name, topology.agents(), edges), last - root);
  }

  /** The edges of this tree alone. */
  public Topology topology() {
    return topology;
  }

  public int root() {
    return root;
  }

  /** The next agent on the way to the root, or -1 for the root. */
  public int parent(int agent) {
    return parents[agent];
  }

  /** Number of edges on the path between two agents. */
  public int distance(int a, int b) {
    int x = a;
    int y = b;
    int steps = 0;
    while (x != y) {
      if (depths[x] >= depths[y]) {
        x = parents[x];
      } else {
        y = parents[y];
      }
      steps++;
    }
    return steps;
  }

  /** The longest distance: from an agent farthest from the root to one farthest from that. */
  public int diameter() {
    int end = farthestFrom(root);
    return distance(end, farthestFrom(end));
  }

  private int farthestFrom(int agent) {
    return IntStream.range(0, topology.agents())
        .reduce(agent, (best, i) -> distance(agent, i) > distance(agent, best) ? i : best);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tree that && root == that.root && topology.equals(that.topology);
  }

  @Override
  public int hashCode() {
    return 31 * topology.hashCode() + root;
  }

  @Override
  public String toString() {
    return topology + ", root " + root;
  }
}

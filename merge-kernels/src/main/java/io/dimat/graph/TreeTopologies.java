package io.dimat.graph;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Topologies that are trees, beside chain and star. */
public final class TreeTopologies {
  private TreeTopologies() {}

  /**
   * RelaySum's binary tree: agent w beside w / 2 (rounded down) for w from 2, and 1 beside 0, so
   * that nobody has more than 3 neighbours. Vogels, He, Koloskova, Lin, Karimireddy, Stich, Jaggi:
   * RelaySum (arXiv 2110.04175).
   */
  public static Topology binary(int agents) {
    Topology.requireAtLeast("binary-tree", 2, agents);
    List<Edge> edges =
        IntStream.range(1, agents).mapToObj(w -> Edge.between(w, w == 1 ? 0 : w / 2)).toList();
    return Topology.of("binary-tree", agents, edges);
  }

  /**
   * The edges of the binary tree and of its mirror image, agent w in the place of n - 1 - w: what
   * sums that are relayed along both trees need.
   */
  public static Topology doubleBinary(int agents) {
    Topology.requireAtLeast("double-binary-tree", 2, agents);
    Tree tree = Tree.of(binary(agents), 0);
    SortedSet<Edge> edges = new TreeSet<>(tree.topology().edges());
    edges.addAll(tree.mirrored().topology().edges());
    return Topology.of("double-binary-tree", agents, List.copyOf(edges));
  }

  /** Agent w beside (w - 1) / 2 (rounded down): a heap, complete for n = 2^h - 1. */
  public static Topology balanced(int agents) {
    Topology.requireAtLeast("balanced-tree", 2, agents);
    List<Edge> edges =
        IntStream.range(1, agents).mapToObj(w -> Edge.between(w, (w - 1) / 2)).toList();
    return Topology.of("balanced-tree", agents, edges);
  }
}

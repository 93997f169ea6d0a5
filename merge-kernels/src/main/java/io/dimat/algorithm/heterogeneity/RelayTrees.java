package io.dimat.algorithm.heterogeneity;

import io.dimat.graph.Edge;
import io.dimat.graph.Topology;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The trees that sums are relayed along: one that carries whole vectors, or two that carry half of
 * the values each, those of even index on the first and those of odd index on the second. Two trees
 * whose inner agents differ spread the load ("double binary trees").
 *
 * @param trees one or two, each joining all agents without a cycle
 */
public record RelayTrees(List<Topology> trees) implements Serializable {
  public RelayTrees {
    trees = List.copyOf(trees);
    if (trees.isEmpty() || trees.size() > 2) {
      throw new IllegalArgumentException(
          "sums are relayed along 1 tree or 2, got %d: give one spanning tree"
              .formatted(trees.size()));
    }
    trees.forEach(RelayTrees::requireTree);
    Topology first = trees.get(0);
    Topology last = trees.get(trees.size() - 1);
    if (first.agents() != last.agents()) {
      throw new IllegalArgumentException(
          "relay trees join the same agents, got %s and %s".formatted(first, last));
    }
  }

  /** One tree for everything. */
  public static RelayTrees of(Topology tree) {
    return new RelayTrees(List.of(tree));
  }

  /** Values of even index on the first tree, the others on the second. */
  public static RelayTrees of(Topology even, Topology odd) {
    return new RelayTrees(List.of(even, odd));
  }

  private static void requireTree(Topology tree) {
    if (tree.edges().size() != tree.agents() - 1 || reached(tree) != tree.agents()) {
      throw new IllegalArgumentException(
          "a relay tree of n agents joins all of them with n - 1 edges, got %s: use a chain, a star or a spanning tree"
              .formatted(tree));
    }
  }

  /** Number of agents that can be reached from agent 0. */
  private static int reached(Topology graph) {
    SortedSet<Integer> seen = new TreeSet<>(List.of(0));
    Deque<Integer> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (int next : graph.neighbors(open.remove())) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen.size();
  }

  public int agents() {
    return trees.get(0).agents();
  }

  /** Number of trees. */
  int count() {
    return trees.size();
  }

  /** An agent's neighbours in one tree, ascending. */
  SortedSet<Integer> neighbors(int tree, int agent) {
    return trees.get(tree).neighbors(agent);
  }

  /** An agent's neighbours in any tree, ascending. */
  SortedSet<Integer> neighbors(int agent) {
    SortedSet<Integer> all = new TreeSet<>();
    trees.forEach(tree -> all.addAll(tree.neighbors(agent)));
    return all;
  }

  /** An agent's edges in all trees; one that two trees share counts twice. */
  int edgesOf(int agent) {
    return IntStream.range(0, count()).map(tree -> neighbors(tree, agent).size()).sum();
  }

  /** Why these trees cannot be used on a topology, in one line; empty if they can. */
  public Optional<String> refusal(Topology topology) {
    if (agents() != topology.agents()) {
      return Optional.of(
          "relay trees join all agents of the topology, got trees of %d and %s: make them of the topology"
              .formatted(agents(), topology));
    }
    List<Edge> edges = topology.edges();
    return trees.stream()
        .flatMap(tree -> tree.edges().stream())
        .filter(edge -> !edges.contains(edge))
        .findFirst()
        .map(
            edge ->
                "relay trees use edges of the topology, got %s that is none of %s: use relay.tree = spanning, or a topology with the trees' edges, topology.name = double-binary-tree or binary-tree"
                    .formatted(edge, topology));
  }

  /** The values of a vector that travel on one tree, packed. */
  ParamVector part(ParamVector whole, int tree) {
    if (count() == 1) {
      return whole;
    }
    int length = (whole.size() - tree + count() - 1) / count();
    double[] values =
        IntStream.range(0, length).mapToDouble(k -> whole.at(count() * k + tree)).toArray();
    return ParamVector.of(ParamLayout.flat(length, whole.layout().precision()), values);
  }

  /**
   * Undoes {@link #part}.
   *
   * @param parts by tree
   */
  ParamVector whole(List<ParamVector> parts, ParamLayout layout) {
    if (count() == 1) {
      return parts.get(0);
    }
    double[] values =
        IntStream.range(0, layout.size())
            .mapToDouble(i -> parts.get(i % count()).at(i / count()))
            .toArray();
    return ParamVector.of(layout, values);
  }

  /** All parts of a vector, by tree. */
  List<ParamVector> parts(ParamVector whole) {
    List<ParamVector> parts = new ArrayList<>();
    for (int tree = 0; tree < count(); tree++) {
      parts.add(part(whole, tree));
    }
    return parts;
  }
}

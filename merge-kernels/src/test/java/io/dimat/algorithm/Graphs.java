package io.dimat.algorithm;

import io.dimat.graph.Edge;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.tensor.ParamLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Topologies and matrices that tests of heterogeneity need, built by hand. */
public final class Graphs {
  private Graphs() {}

  /** {@code (W + I) / 2}. */
  public static MixingMatrix lazy(MixingMatrix mixing) {
    double[][] weights = mixing.toArray();
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        weights[i][j] = (weights[i][j] + (i == j ? 1 : 0)) / 2;
      }
    }
    return MixingMatrix.of(mixing.topology(), weights);
  }

  public static MixingMatrix lazyRing() {
    return lazy(MixingMatrix.metropolisHastings(Topology.ring(8)));
  }

  /** Rows and columns of {@code side} agents, both closed to rings. */
  public static Topology torus(int side) {
    List<Edge> edges = new ArrayList<>();
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int agent = side * row + column;
        edges.add(Edge.between(agent, side * row + (column + 1) % side));
        edges.add(Edge.between(agent, side * ((row + 1) % side) + column));
      }
    }
    return Topology.ofEdges(side * side, edges);
  }

  /** Agent w beside w / 2, and 1 beside 0. */
  public static Topology binaryTree(int agents) {
    List<Edge> edges = new ArrayList<>();
    for (int w = 1; w < agents; w++) {
      edges.add(Edge.between(w, w / 2));
    }
    return Topology.ofEdges(agents, edges);
  }

  /** The same tree with agent i in the place of n - 1 - i. */
  public static Topology mirrored(Topology tree) {
    int last = tree.agents() - 1;
    return Topology.ofEdges(
        tree.agents(),
        tree.edges().stream().map(e -> Edge.between(last - e.from(), last - e.to())).toList());
  }

  public static Topology union(Topology first, Topology second) {
    List<Edge> edges = new ArrayList<>(first.edges());
    edges.addAll(second.edges());
    return Topology.ofEdges(first.agents(), edges);
  }

  /** Every agent beside a random one before it, under random names. */
  public static Topology randomTree(int agents, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    List<Integer> names = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int k = 0; k < agents; k++) {
      names.add(random.nextInt(k + 1), k);
    }
    for (int k = 1; k < agents; k++) {
      edges.add(Edge.between(names.get(k), names.get(random.nextInt(k))));
    }
    return Topology.ofEdges(agents, edges);
  }

  /** Edges between two agents, [from][to]. */
  public static int[][] distances(Topology graph) {
    int[][] distances = new int[graph.agents()][graph.agents()];
    for (int from = 0; from < graph.agents(); from++) {
      Arrays.fill(distances[from], -1);
      distances[from][from] = 0;
      Deque<Integer> open = new ArrayDeque<>(List.of(from));
      while (!open.isEmpty()) {
        int at = open.remove();
        for (int next : graph.neighbors(at)) {
          if (distances[from][next] < 0) {
            distances[from][next] = distances[from][at] + 1;
            open.add(next);
          }
        }
      }
    }
    return distances;
  }

  /** A program that asks nothing of its matrix. */
  public record Unchecked(AgentProgram program) implements AgentProgram {
    @Override
    public String name() {
      return program.name();
    }

    @Override
    public Phase start() {
      return program.start();
    }

    @Override
    public Plan round(int round) {
      return program.round(round);
    }

    @Override
    public long bytesPerNeighbor(ParamLayout layout) {
      return program.bytesPerNeighbor(layout);
    }

    @Override
    public Set<Requirement> requires() {
      return Set.of();
    }

    @Override
    public ConsensusRule consensus() {
      return program.consensus();
    }
  }
}

package io.dimat.algorithm;

import io.dimat.graph.Edge;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * At step t agent i takes half of what agent {@code i + 2^(t mod log2 n)} has: directed, doubly
 * stochastic, period log2 n for n a power of two.
 */
public final class OnePeerExponential implements MixingSchedule {
  private static final long serialVersionUID = 1L;

  private final List<MixingMatrix> matrices = new ArrayList<>();

  public OnePeerExponential(int agents) {
    TreeSet<Edge> edges = new TreeSet<>();
    for (int from = 0; from < agents; from++) {
      for (int offset = 1; offset < agents; offset *= 2) {
        int to = (from + offset) % agents;
        edges.add(new Edge(Math.min(from, to), Math.max(from, to)));
      }
    }
    Topology topology = Topology.ofEdges(agents, List.copyOf(edges));
    for (int offset = 1; offset < agents; offset *= 2) {
      double[][] weights = new double[agents][agents];
      for (int i = 0; i < agents; i++) {
        weights[i][i] = 0.5;
        weights[i][(i + offset) % agents] = 0.5;
      }
      matrices.add(MixingMatrix.of(topology, weights));
    }
  }

  @Override
  public Topology topology() {
    return matrices.get(0).topology();
  }

  @Override
  public MixingMatrix at(long step) {
    return matrices.get((int) (step % period()));
  }

  @Override
  public int period() {
    return matrices.size();
  }
}

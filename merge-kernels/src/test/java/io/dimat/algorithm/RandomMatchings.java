package io.dimat.algorithm;

import io.dimat.graph.Edge;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.Topology;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import org.apache.commons.rng.simple.RandomSource;

/** At every step a maximal matching, edges taken in random order; who is paired averages. */
public record RandomMatchings(Topology topology, long seed) implements MixingSchedule {
  @Override
  public MixingMatrix at(long step) {
    UniformRandomProvider random =
        RandomSource.XO_SHI_RO_256_PP.create(seed * 0x9E3779B97F4A7C15L + step);
    double[][] weights = new double[agents()][agents()];
    for (int i = 0; i < agents(); i++) {
      weights[i][i] = 1;
    }
    List<Edge> edges = new ArrayList<>(topology.edges());
    ListSampler.shuffle(random, edges);
    for (Edge edge : edges) {
      if (weights[edge.from()][edge.from()] == 1 && weights[edge.to()][edge.to()] == 1) {
        weights[edge.from()][edge.from()] = 0.5;
        weights[edge.to()][edge.to()] = 0.5;
        weights[edge.from()][edge.to()] = 0.5;
        weights[edge.to()][edge.from()] = 0.5;
      }
    }
    return MixingMatrix.of(topology, weights);
  }

  @Override
  public int period() {
    return 0;
  }
}

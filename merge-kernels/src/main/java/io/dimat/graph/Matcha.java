package io.dimat.graph;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * MATCHA: a topology falls into matchings, and every step uses each matching m with its own
 * probability p_m: {@code W(t) = I - alpha sum over used m of L_m}, symmetric and doubly
 * stochastic. Wang, Sahu, Yang, Joshi, Kar: MATCHA, Speeding Up Decentralized SGD via Matching
 * Decomposition Sampling (arXiv 1905.09435).
 *
 * @param matchings disjoint, together all edges
 * @param probabilities p, one for each matching
 * @param alpha weight of a used edge, in (0, 1 / largest degree]
 */
public record Matcha(
    Topology topology,
    List<List<Edge>> matchings,
    List<Double> probabilities,
    double alpha,
    long seed)
    implements MixingSchedule {
  public Matcha {
    matchings = matchings.stream().map(List::copyOf).toList();
    probabilities = List.copyOf(probabilities);
  }

  /**
   * Matchings by edge colouring, probabilities that maximise the expected graph's connectivity, and
   * the weight of fastest expected agreement among those that leave no agent a negative weight of
   * its own.
   *
   * @param budget expected share of matchings in use, in (0, 1]
   */
  public static Matcha of(Topology topology, double budget, long seed) {
    if (!(budget > 0 && budget <= 1)) {
      throw new IllegalArgumentException(
          "matcha needs mixing.budget above 0 and at most 1, got " + budget);
    }
    if (topology.edges().isEmpty()) {
      throw new IllegalArgumentException("mixing matcha needs edges, got " + topology);
    }
    List<List<Edge>> matchings = EdgeColoring.matchings(topology);
    List<Double> probabilities = ActivationProbabilities.of(topology, matchings, budget);
    double alpha =
        new ExpectedContraction(topology.agents(), matchings, probabilities)
            .bestAlpha(1.0 / topology.maxDegree());
    return new Matcha(topology, matchings, probabilities, alpha, seed);
  }

  /** Mean square of the most that remains of a difference after a step: {@code |E[W'W] - J|}. */
  public double contraction() {
    return new ExpectedContraction(topology.agents(), matchings, probabilities).at(alpha);
  }

  @Override
  public MixingMatrix at(long step) {
    UniformRandomProvider random = StepStream.of(seed, step);
    List<Link> links = new ArrayList<>();
    for (int m = 0; m < matchings.size(); m++) {
      if (random.nextDouble() < probabilities.get(m)) {
        matchings.get(m).forEach(edge -> links.add(new Link(edge, alpha)));
      }
    }
    return Link.mixing(topology, links);
  }

  @Override
  public int period() {
    return 0;
  }
}

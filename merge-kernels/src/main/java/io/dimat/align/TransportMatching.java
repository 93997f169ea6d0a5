package io.dimat.align;

import java.util.ArrayList;
import java.util.List;

/**
 * Optimal-transport matching by activations (OTFusion, arXiv 1910.05653, with uniform marginals):
 * per group the entropic transport plan between the units of two models, where a pair costs {@code
 * 1 - correlation}, in [0, 2]. A dead unit costs 1 with every other.
 *
 * @param groups one plan per permutation group, in the order of the spec, reference by other
 * @param correlations per group the mean over reference units of the correlation with the units
 *     they are mixed of, weighted by the plan, in [-1, 1] up to rounding
 */
public record TransportMatching(List<TransportPlan> groups, List<Double> correlations) {
  public TransportMatching {
    groups = List.copyOf(groups);
    correlations = List.copyOf(correlations);
  }

  /**
   * The plans from the other model to the reference.
   *
   * @param moments one per point of {@code spec.matchPoints(points)}, in that order, reference
   *     first; not modified. Those of one group are added
   * @throws IllegalArgumentException as {@link ActivationMatching#match}
   */
  public static TransportMatching match(
      PermutationSpec spec, List<CrossMoments> moments, MatchPoints points, Sinkhorn sinkhorn) {
    List<CrossMoments> perGroup = ActivationMatching.perGroup(spec, moments, points);
    List<TransportPlan> plans = new ArrayList<>();
    List<Double> correlations = new ArrayList<>();
    for (PermutationGroup group : spec.groups()) {
      double[] cost = MatchScore.CORRELATION.of(perGroup.get(group.index()));
      new UnitScores(cost, group.size()).requireFinite(group.name(), "correlations");
      for (int i = 0; i < cost.length; i++) {
        cost[i] = 1 - cost[i];
      }
      TransportPlan plan = sinkhorn.plan(cost, group.size());
      plans.add(plan);
      correlations.add(1 - mean(plan, cost));
    }
    return new TransportMatching(plans, correlations);
  }

  /** Mean cost of a unit under the plan. */
  private static double mean(TransportPlan plan, double[] cost) {
    double sum = 0;
    for (int i = 0; i < cost.length; i++) {
      sum += plan.get(i / plan.units(), i % plan.units()) * cost[i];
    }
    return sum / plan.units();
  }

  /** What rewrites the other model into mixtures that stand for the reference's units. */
  public SoftAlignment alignment() {
    return new SoftAlignment(groups.stream().map(TransportPlan::mixing).toList());
  }
}

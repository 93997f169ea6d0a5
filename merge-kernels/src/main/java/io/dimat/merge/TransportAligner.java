package io.dimat.merge;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoints;
import io.dimat.align.PermutationGroup;
import io.dimat.align.PermutationSpec;
import io.dimat.align.Sinkhorn;
import io.dimat.align.TransportMatching;
import io.dimat.align.TransportPlan;
import io.dimat.protocol.GroupMetrics;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Soft alignment by optimal transport (OTFusion, arXiv 1910.05653): every unit of the reference is
 * given a mixture of the other model's units, after an entropic plan between their activations. The
 * aligned model is an approximation of the other, not the same function. A group's plan is stopped
 * after 2000 iterations, converged or not: its rows are rescaled to sum 1 before they mix.
 *
 * @param regularisation of the plan, relative to its mean cost; smaller is nearer to a permutation
 */
record TransportAligner(MatchPoints points, double regularisation) implements Aligner {
  private static final int MAX_ITERATIONS = 2000;
  private static final double TOLERANCE = 1e-4;

  @Override
  public String name() {
    return "optimal transport";
  }

  @Override
  public boolean mixesUnits() {
    return true;
  }

  @Override
  public Optional<MatchPoints> observed() {
    return Optional.of(points);
  }

  @Override
  public List<Found> align(
      PermutationSpec spec, ParamVector reference, List<ParamVector> others, Probe probe) {
    Sinkhorn sinkhorn = new Sinkhorn(regularisation, MAX_ITERATIONS, TOLERANCE);
    return probe.crossMoments(reference, others, spec.matchPoints(points)).stream()
        .map(moments -> found(spec, moments, sinkhorn))
        .toList();
  }

  private Found found(PermutationSpec spec, List<CrossMoments> moments, Sinkhorn sinkhorn) {
    TransportMatching matching = TransportMatching.match(spec, moments, points, sinkhorn);
    List<GroupMetrics> groups = new ArrayList<>();
    for (PermutationGroup group : spec.groups()) {
      groups.add(metrics(group, matching, matching.groups().get(group.index())));
    }
    return new Found(matching.alignment(), groups);
  }

  /** Mean correlation under the plan, and the plan's mass on units of equal index. */
  private static GroupMetrics metrics(
      PermutationGroup group, TransportMatching matching, TransportPlan plan) {
    double same = 0;
    for (int u = 0; u < plan.units(); u++) {
      same += plan.get(u, u) / plan.units();
    }
    return new GroupMetrics(group.name(), matching.correlations().get(group.index()), same);
  }
}

package io.dimat.align;

import java.util.ArrayList;
import java.util.List;

/**
 * Activation matching (arXiv 2404.08079): for every permutation group the assignment of the other
 * model's units to the reference's that has the largest sum of correlations over the probe, {@code
 * argmax_p sum_r correlation[r, p(r)]}. Groups do not depend on each other, because permuting a
 * model's earlier units does not change its later activations.
 *
 * <p>A unit that never changes correlates 0 with every other. Where such units, or exact
 * duplicates, leave a choice, a unit keeps its index if exchanging it with one other unit costs
 * nothing.
 */
public final class ActivationMatching {
  /** A unit of at most this variance over the probe is dead. */
  public static final double DEAD_VARIANCE = 1e-12;

  private ActivationMatching() {}

  /**
   * The alignment of the other model to the reference.
   *
   * @param spec of the network of both
   * @param moments one per group, in the order of the spec, reference first; not modified
   * @throws IllegalArgumentException if number or sizes differ from the spec's, if nothing was
   *     observed, or if a correlation is not finite (a model that has diverged)
   */
  public static Matching match(PermutationSpec spec, List<CrossMoments> moments) {
    List<PermutationGroup> groups = spec.groups();
    if (moments.size() != groups.size()) {
      throw new IllegalArgumentException(
          "matching needs one set of moments per group, got "
              + moments.size()
              + " for "
              + groups.size()
              + " groups");
    }
    List<Permutation> permutations = new ArrayList<>();
    List<GroupMatch> matches = new ArrayList<>();
    for (PermutationGroup group : groups) {
      CrossMoments observed = moments.get(group.index());
      requireObserved(group, observed);
      UnitCorrelation correlation = UnitCorrelation.of(observed);
      correlation.scores().requireFinite(group.name(), "correlations");
      Permutation permutation = correlation.scores().match();
      permutations.add(permutation);
      matches.add(describe(group, correlation, permutation));
    }
    return new Matching(new Alignment(permutations), matches);
  }

  private static void requireObserved(PermutationGroup group, CrossMoments observed) {
    if (observed.units() != group.size() || observed.count() <= 0) {
      throw new IllegalArgumentException(
          "group %s needs moments of %d units over at least 1 observation, got %d units, %.0f"
              .formatted(group.name(), group.size(), observed.units(), observed.count()));
    }
  }

  private static GroupMatch describe(
      PermutationGroup group, UnitCorrelation correlation, Permutation permutation) {
    double sum = correlation.scores().sum(permutation);
    return new GroupMatch(
        group.name(),
        group.size(),
        sum / group.size(),
        permutation.identityFraction(),
        correlation.deadUnits(),
        correlation.scores().ties(permutation, correlation.deadInReference()),
        sum);
  }
}

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
   * The alignment of the other model to the reference by {@link MatchScore#CORRELATION} at {@link
   * MatchPoints#LAST}.
   *
   * @param spec of the network of both
   * @param moments one per group, in the order of the spec, reference first; not modified
   * @throws IllegalArgumentException if number or sizes differ from the spec's, if nothing was
   *     observed, or if a correlation is not finite (a model that has diverged)
   */
  public static Matching match(PermutationSpec spec, List<CrossMoments> moments) {
    return match(spec, moments, MatchPoints.LAST, MatchScore.CORRELATION);
  }

  /**
   * The alignment of the other model to the reference.
   *
   * @param spec of the network of both
   * @param moments one per point of {@code spec.matchPoints(points)}, in that order, reference
   *     first; not modified. Those of one group are added
   * @param points where the groups were observed
   * @param score what is maximised; {@link GroupMatch#matchedCorrelation()} is the correlation of
   *     the matched pairs in any case, {@link GroupMatch#objective()} the sum of their scores
   * @throws IllegalArgumentException if number or sizes differ from the spec's, if nothing was
   *     observed, or if a score is not finite (a model that has diverged)
   */
  public static Matching match(
      PermutationSpec spec, List<CrossMoments> moments, MatchPoints points, MatchScore score) {
    List<Permutation> permutations = new ArrayList<>();
    List<GroupMatch> matches = new ArrayList<>();
    List<CrossMoments> perGroup = perGroup(spec, moments, points);
    for (PermutationGroup group : spec.groups()) {
      GroupScores scores = GroupScores.of(group, perGroup.get(group.index()), score);
      Permutation permutation = scores.match();
      permutations.add(permutation);
      matches.add(scores.describe(permutation));
    }
    return new Matching(new Alignment(permutations), matches);
  }

  /**
   * How well a given alignment pairs units, whatever found it: correlations of the pairs, dead
   * units and ties.
   *
   * @param moments one per point of {@code spec.matchPoints(points)}, in that order, reference
   *     first; not modified
   * @throws IllegalArgumentException as {@link #match}
   */
  public static List<GroupMatch> describe(
      PermutationSpec spec, List<CrossMoments> moments, MatchPoints points, Alignment alignment) {
    List<CrossMoments> perGroup = perGroup(spec, moments, points);
    return spec.groups().stream()
        .map(
            group ->
                GroupScores.of(group, perGroup.get(group.index()), MatchScore.CORRELATION)
                    .describe(alignment.get(group.index())))
        .toList();
  }

  /** The sum of each group's moments. */
  static List<CrossMoments> perGroup(
      PermutationSpec spec, List<CrossMoments> moments, MatchPoints points) {
    List<MatchPoint> observed = spec.matchPoints(points);
    if (moments.size() != observed.size()) {
      throw new IllegalArgumentException(
          "matching needs one set of moments per match point, got %d for %d groups at %d points"
              .formatted(moments.size(), spec.groups().size(), observed.size()));
    }
    CrossMoments[] sums = new CrossMoments[spec.groups().size()];
    for (int i = 0; i < observed.size(); i++) {
      int group = observed.get(i).group();
      requireObserved(spec.groups().get(group), moments.get(i));
      sums[group] = sums[group] == null ? moments.get(i) : sums[group].plus(moments.get(i));
    }
    return List.of(sums);
  }

  private static void requireObserved(PermutationGroup group, CrossMoments observed) {
    if (observed.units() != group.size() || observed.count() <= 0) {
      throw new IllegalArgumentException(
          "group %s needs moments of %d units over at least 1 observation, got %d units, %.0f"
              .formatted(group.name(), group.size(), observed.units(), observed.count()));
    }
  }
}

package io.dimat.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state of one coordinate descent of {@link WeightMatching}: the alignment so far, and which
 * groups have nothing new to find because no group they depend on has changed since their last
 * visit.
 */
final class WeightDescent {
  private static final double PROGRESS = 1e-12;

  private final WeightScores scores;
  private final List<List<Integer>> dependents = new ArrayList<>();
  private final boolean[] stale;
  private final UnitScores[] latest;
  private Alignment alignment;

  WeightDescent(WeightScores scores, Alignment start) {
    int groups = start.permutations().size();
    this.scores = scores;
    this.alignment = start;
    this.stale = new boolean[groups];
    this.latest = new UnitScores[groups];
    Arrays.fill(stale, true);
    for (int g = 0; g < groups; g++) {
      dependents.add(new ArrayList<>());
    }
    for (int g = 0; g < groups; g++) {
      for (int dependency : scores.dependencies(g)) {
        dependents.get(dependency).add(g);
      }
    }
  }

  Alignment alignment() {
    return alignment;
  }

  /**
   * Matches groups from the first to the last by those of their weights alone whose other side is
   * settled: fixed, or matched before. What comes from unmatched units is noise.
   */
  void settleFromTheInput() {
    for (int g = 0; g < stale.length; g++) {
      int group = g;
      Permutation found = scores.of(g, alignment, settled -> settled < group).match();
      alignment = alignment.with(g, found);
    }
  }

  /**
   * Matches one group with all others held.
   *
   * @return true if the objective, computed in double, has grown
   */
  boolean visit(int group) {
    if (!stale[group]) {
      return false;
    }
    stale[group] = false;
    latest[group] = scores.of(group, alignment, any -> true);
    Permutation found = latest[group].match();
    if (found.equals(alignment.get(group)) || !improves(group, found)) {
      return false;
    }
    alignment = alignment.with(group, found);
    dependents.get(group).forEach(g -> stale[g] = true);
    return true;
  }

  /** Objective and groups of the alignment so far. */
  WeightMatch result(List<PermutationGroup> groups, int sweeps) {
    List<GroupMatch> matches = new ArrayList<>();
    for (PermutationGroup group : groups) {
      int g = group.index();
      UnitScores current = stale[g] ? scores.of(g, alignment, any -> true) : latest[g];
      matches.add(scores.describe(group, current, alignment.get(g)));
    }
    return new WeightMatch(new Matching(alignment, matches), scores.total(alignment), sweeps);
  }

  private boolean improves(int group, Permutation found) {
    double before = scores.total(group, alignment);
    double after = scores.total(group, alignment.with(group, found));
    return after > before + PROGRESS;
  }
}

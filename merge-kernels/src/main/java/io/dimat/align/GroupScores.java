package io.dimat.align;

/** Scores and correlations of all pairs of units of one group. */
final class GroupScores {
  private final PermutationGroup group;
  private final UnitScores scores;
  private final UnitScores correlations;
  private final boolean[] deadInReference;
  private final boolean[] deadInOther;

  private GroupScores(
      PermutationGroup group, UnitScores scores, UnitScores correlations, CrossMoments moments) {
    this.group = group;
    this.scores = scores;
    this.correlations = correlations;
    this.deadInReference = MatchScore.dead(moments.variancesA());
    this.deadInOther = MatchScore.dead(moments.variancesB());
  }

  /** Refuses moments of a model that has diverged. */
  static GroupScores of(PermutationGroup group, CrossMoments moments, MatchScore score) {
    int units = group.size();
    UnitScores correlations = new UnitScores(MatchScore.CORRELATION.of(moments), units);
    UnitScores scores =
        score == MatchScore.CORRELATION ? correlations : new UnitScores(score.of(moments), units);
    correlations.requireFinite(group.name(), "correlations");
    scores.requireFinite(group.name(), "scores");
    return new GroupScores(group, scores, correlations, moments);
  }

  Permutation match() {
    return scores.match();
  }

  GroupMatch describe(Permutation pairs) {
    return new GroupMatch(
        group.name(),
        group.size(),
        correlations.sum(pairs) / group.size(),
        pairs.identityFraction(),
        count(deadInReference) + count(deadInOther),
        scores.ties(pairs, deadInReference),
        scores.sum(pairs));
  }

  private static int count(boolean[] dead) {
    int count = 0;
    for (boolean isDead : dead) {
      count += isDead ? 1 : 0;
    }
    return count;
  }
}

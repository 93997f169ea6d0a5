package io.dimat.merge;

import io.dimat.align.ActivationMatching;
import io.dimat.align.CrossMoments;
import io.dimat.align.GroupMatch;
import io.dimat.align.MatchPoints;
import io.dimat.align.MatchScore;
import io.dimat.align.Matching;
import io.dimat.align.PermutationSpec;
import io.dimat.protocol.GroupMetrics;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.Optional;

/**
 * Activation matching (DIMAT, arXiv 2404.08079): permutes hidden units, group by group, onto those
 * units of the reference they score best with on the probe. Cost for d others: d + 1 forward
 * passes, one product per match point and other, one assignment per group and other.
 *
 * @param points where groups are observed
 * @param score what the assignment maximises
 */
public record ActivationAligner(MatchPoints points, MatchScore score) implements Aligner {
  /** What DIMAT does: correlations at the last match point. */
  public ActivationAligner() {
    this(MatchPoints.LAST, MatchScore.CORRELATION);
  }

  @Override
  public String name() {
    return "activation matching";
  }

  @Override
  public boolean mixesUnits() {
    return false;
  }

  @Override
  public Optional<MatchPoints> observed() {
    return Optional.of(points);
  }

  @Override
  public List<Found> align(
      PermutationSpec spec, ParamVector reference, List<ParamVector> others, Probe probe) {
    List<List<CrossMoments>> moments =
        probe.crossMoments(reference, others, spec.matchPoints(points));
    return moments.stream()
        .map(m -> found(ActivationMatching.match(spec, m, points, score)))
        .toList();
  }

  static Found found(Matching matching) {
    List<GroupMetrics> groups = matching.groups().stream().map(ActivationAligner::metrics).toList();
    return new Found(matching.alignment(), groups);
  }

  private static GroupMetrics metrics(GroupMatch match) {
    return new GroupMetrics(match.group(), match.matchedCorrelation(), match.identityFraction());
  }
}

package io.dimat.report;

import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.GroupQuality;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.Parent;
import io.dimat.merge.report.Score;
import io.dimat.merge.report.Verdict;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the page and the terminal both say about a merge. */
record MergeFigures(MergeReport merge) {
  /** The score of the candidate made that way, if it was measured. */
  Optional<Score> score(Candidate.Kind kind) {
    return merge.candidates().stream()
        .filter(candidate -> candidate.kind() == kind)
        .flatMap(candidate -> candidate.score().stream())
        .findFirst();
  }

  /** Among the parents with a score, the one with the highest accuracy. */
  Optional<Parent> bestParent() {
    return best(Parent::score);
  }

  /** The same among those with re-estimated batch norm. */
  Optional<Parent> bestRecalibrated() {
    return best(Parent::recalibrated);
  }

  private Optional<Parent> best(Function<Parent, Optional<Score>> score) {
    return merge.parents().stream()
        .filter(parent -> score.apply(parent).isPresent())
        .max(Comparator.comparingDouble(parent -> score.apply(parent).orElseThrow().accuracy()));
  }

  /** True if no parent as it is does as well as one with its batch norm re-estimated. */
  private boolean isRecalibratedBetter() {
    double asItIs = bestParent().flatMap(Parent::score).map(Score::accuracy).orElse(0.0);
    return bestRecalibrated().flatMap(Parent::recalibrated).map(Score::accuracy).orElse(0.0)
        > asItIs;
  }

  /** The accuracy alone, without its standard error. */
  static String percent(Score score) {
    return new MeasuredAccuracy(score.accuracy(), 0).shown();
  }

  MeasuredAccuracy accuracy(Score score) {
    return new MeasuredAccuracy(score.accuracy(), merge.images().scored());
  }

  /** Mean over all groups of all parents, each with the same weight, that have the quantity. */
  OptionalDouble meanOverGroups(ToDoubleFunction<GroupQuality> quantity) {
    return merge.groups().stream().mapToDouble(quantity).filter(Double::isFinite).average();
  }

  /** For example {@code 2 x resnet20 by activation matching}. */
  String title() {
    return "%d × %s by %s"
        .formatted(merge.parents().size(), merge.network().name(), merge.method());
  }

  /** The verdict in one word and what it means. */
  String verdict() {
    return switch (merge.verdict().grade()) {
      case GOOD -> "Good: the merged model keeps up with its best parent";
      case WEAK ->
          isRecalibratedBetter()
              ? "Weak: clearly worse than the best parent with its batch norm re-estimated"
              : "Weak: the merged model is clearly worse than its best parent";
      case REFUSED -> "REFUSED: do not use the merged model";
      case UNJUDGED -> "Not judged: whether the merged model is any good is not known";
    };
  }

  boolean isRefused() {
    return merge.verdict().grade() == Verdict.Grade.REFUSED;
  }
}

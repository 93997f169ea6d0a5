package io.dimat.merge.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Whether a merge is any good, by accuracy on the scored images.
 *
 * <p>With margin m it is refused if it is worse by more than m than averaging without alignment
 * (the better of plain and finished like the merge), or than every parent. It is weak if it is
 * worse by more than m than the best parent, as it is or with running statistics re-estimated like
 * the merge's; good otherwise. Without labels it is not judged.
 *
 * @param reasons one sentence each, what was compared with what; never empty
 */
public record Verdict(Grade grade, List<String> reasons) {
  /** From best to worst; an unjudged merge is neither. */
  public enum Grade {
    GOOD,
    WEAK,
    REFUSED,
    UNJUDGED
  }

  /**
   * What accuracies are judged by.
   *
   * @param margin in fractions of right answers, for example 0.05
   * @param images that were scored
   * @param classes that the models tell apart
   */
  public record Rule(double margin, int images, int classes) {
    /** Two standard errors of the difference of two accuracies around {@code accuracy}. */
    private double noise(double accuracy) {
      return 2 * Math.sqrt(2 * accuracy * (1 - accuracy) / Math.max(1, images));
    }

    /** What guessing gives, and two standard errors. */
    private double chance() {
      double guess = 1.0 / classes;
      return guess + 2 * Math.sqrt(guess * (1 - guess) / Math.max(1, images));
    }
  }

  public Verdict {
    reasons = List.copyOf(reasons);
  }

  /**
   * The verdict on a merge.
   *
   * @param candidates the merge and its controls
   */
  public static Verdict of(List<Parent> parents, List<Candidate> candidates, Rule rule) {
    double margin = rule.margin();
    Optional<Double> merged = accuracy(candidates, Candidate.Kind.MERGED);
    if (merged.isEmpty()) {
      return new Verdict(
          Grade.UNJUDGED,
          List.of("the images have no labels, so the merged model was not compared with anything"));
    }
    DoubleSummaryStatistics ofParents =
        parents.stream()
            .flatMap(p -> p.score().stream())
            .mapToDouble(Score::accuracy)
            .summaryStatistics();
    List<String> refusals = refusals(merged.get(), candidates, ofParents.getMin(), margin);
    double best = ofParents.getMax();
    List<String> doubts = doubts(best, rule);
    if (!refusals.isEmpty()) {
      return new Verdict(Grade.REFUSED, joined(refusals, doubts));
    }
    OptionalDouble recalibrated =
        parents.stream().flatMap(p -> p.recalibrated().stream()).mapToDouble(Score::accuracy).max();
    String reason =
        "the merged model reaches %s, the best parent %s%s"
            .formatted(
                percent(merged.get()),
                percent(best),
                recalibrated.isPresent()
                    ? ", the best with batch norm re-estimated like the merge's "
                        + percent(recalibrated.getAsDouble())
                    : "");
    boolean weak = merged.get() < Math.max(best, recalibrated.orElse(best)) - margin;
    return new Verdict(weak ? Grade.WEAK : Grade.GOOD, joined(List.of(reason), doubts));
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Why the verdict itself says little. */
  private static List<String> doubts(double best, Rule rule) {
    List<String> doubts = new ArrayList<>();
    if (best <= rule.chance()) {
      doubts.add(
          "no parent is clearly better than guessing among %d classes, so the verdict says little"
              .formatted(rule.classes()));
    }
    if (rule.noise(best) > rule.margin()) {
      doubts.add(
          "on %d images accuracies differ by up to %s without meaning: score more of them"
              .formatted(rule.images(), points(rule.noise(best))));
    }
    return doubts;
  }

  private static List<String> refusals(
      double merged, List<Candidate> candidates, double worstParent, double margin) {
    List<String> reasons = new ArrayList<>();
    double averaged =
        Math.max(
            accuracy(candidates, Candidate.Kind.AVERAGED).orElse(0.0),
            accuracy(candidates, Candidate.Kind.AVERAGED_FINISHED).orElse(0.0));
    if (!(merged >= averaged - margin)) {
      reasons.add(worse(merged, "averaging without alignment, which", averaged, margin));
    }
    if (!(merged >= worstParent - margin)) {
      reasons.add(worse(merged, "every parent, the worst of which", worstParent, margin));
    }
    return reasons;
  }

  private static String worse(double merged, String than, double accuracy, double margin) {
    return "the merged model reaches %s, more than %s below %s reaches %s"
        .formatted(percent(merged), points(margin), than, percent(accuracy));
  }

  private static Optional<Double> accuracy(List<Candidate> candidates, Candidate.Kind kind) {
    return candidates.stream()
        .filter(c -> c.kind() == kind)
        .flatMap(c -> c.score().stream())
        .map(Score::accuracy)
        .findFirst();
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  private static String points(double fraction) {
    return String.format(Locale.ROOT, "%.1f points", 100 * fraction);
  }
}

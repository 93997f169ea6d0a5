package io.dimat.compare;

import io.dimat.compare.Comparison.Role;
import io.dimat.compare.Comparison.Row;
import io.dimat.compare.Significance.Finding;
import io.dimat.compare.Significance.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a setting's tests say, in plain sentences. */
public final class Statements {
  static final List<Measure> TESTED = List.of(Measure.ACCURACY, Measure.CONSENSUS_ACCURACY);

  /** As many differences that are not shown can be told with their numbers. */
  private static final int FEW = 4;

  private Statements() {}

  /** The sentences on one setting; each stands for itself. */
  public static List<String> of(Comparison comparison, String setting) {
    int seeds = comparison.seeds().size();
    if (seeds < 2) {
      return List.of(
          "One seed: nothing can be said about what differs by more than chance. Give compare.seeds at least two values, better five.");
    }
    List<String> sentences = new ArrayList<>();
    for (Measure measure : TESTED) {
      sentences.addAll(of(comparison, setting, measure));
    }
    if (!sentences.isEmpty()) {
      sentences.add(
          "Paired t-tests over %d seeds at the level %s of every pair of algorithms and of every algorithm with every control, corrected after Holm for all of a measure in this setting; the intervals are those of single differences, not corrected. \"Not shown\" does not mean equal%s."
              .formatted(
                  seeds,
                  Significance.LEVEL,
                  seeds < 5 ? ": with so few seeds only large differences can be shown" : ""));
    }
    return sentences;
  }

  private static List<String> of(Comparison comparison, String setting, Measure measure) {
    List<Row> ranked =
        comparison.ranked(setting, measure).stream()
            .filter(row -> row.estimate(measure).count() > 0)
            .toList();
    if (ranked.size() < 2) {
      return List.of();
    }
    Optional<Row> best = ranked.stream().filter(row -> row.role() == Role.ALGORITHM).findFirst();
    Significance tests = Significance.of(comparison, setting, measure);
    List<String> sentences = new ArrayList<>();
    best.ifPresent(
        row ->
            sentences.add(
                "Highest %s of the algorithms%s: %s, %s%s.%s"
                    .formatted(
                        measure.words(),
                        !row.hasLost() && anyLost(ranked) ? " that lost no run" : "",
                        row.algorithm(),
                        measure.shown(row.estimate(measure)),
                        row.hasLost() ? " (" + row.state(comparison.seeds().size()) + ")" : "",
                        against(tests, row.algorithm(), " Against it,"))));
    for (Row row : ranked) {
      if (row.role() == Role.CONTROL) {
        String words = against(tests, row.algorithm(), "");
        if (!words.isEmpty()) {
          sentences.add(
              "%s against %s (%s):%s"
                  .formatted(
                      capital(measure.words()),
                      row.algorithm(),
                      measure.shown(row.estimate(measure)),
                      words));
        }
      }
    }
    return sentences;
  }

  private static boolean anyLost(List<Row> rows) {
    return rows.stream().anyMatch(row -> row.role() == Role.ALGORITHM && row.hasLost());
  }

  private static String against(Significance tests, String other, String lead) {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      List<Finding> found =
          tests.findings().stream()
              .filter(f -> f.against().equals(other) && f.verdict() == verdict)
              .toList();
      if (!found.isEmpty()) {
        parts.add(words(verdict) + " " + told(verdict, found));
      }
    }
    return parts.isEmpty() ? "" : lead + " " + String.join(". ", parts) + ".";
  }

  /** Many tests that show nothing are counted, not told. */
  private static String told(Verdict verdict, List<Finding> found) {
    return verdict == Verdict.NOT_SHOWN && found.size() > FEW
        ? found.size() + " others"
        : found.stream()
            .map(finding -> finding.algorithm() + " " + finding.words())
            .collect(Collectors.joining("; "));
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case BETTER -> "better:";
      case WORSE -> "worse:";
      case NOT_SHOWN -> "no difference shown:";
    };
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}

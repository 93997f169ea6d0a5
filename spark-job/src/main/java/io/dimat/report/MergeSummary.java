package io.dimat.report;

import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.GroupQuality;
import io.dimat.merge.report.InterpolationLine;
import io.dimat.merge.report.InterpolationLine.Treatment;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.Parent;
import io.dimat.merge.report.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The few lines that a merge ends with on a terminal. */
public final class MergeSummary {
  private static final Map<Candidate.Kind, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(Candidate.Kind.AVERAGED, "averaging");
    NAMES.put(Candidate.Kind.AVERAGED_FINISHED, "averaging, finished");
    NAMES.put(Candidate.Kind.MERGED_RAW, "merge, raw");
    NAMES.put(Candidate.Kind.MERGED, "merge");
  }

  private MergeSummary() {}

  /**
   * A table of names and values, one per line; what was not measured is left out.
   *
   * @param files what was written, as the user would open it
   */
  public static String of(MergeReport merge, List<String> files) {
    MergeFigures figures = new MergeFigures(merge);
    StringBuilder text = new StringBuilder();
    TerminalSummary.line(text, "method", merge.method());
    for (Parent parent : merge.parents()) {
      String name = parent.reference() ? "reference " : "parent ";
      parent.score().ifPresent(s -> score(text, name + parent.name(), figures, s));
    }
    NAMES.forEach(
        (kind, name) -> figures.score(kind).ifPresent(s -> score(text, name, figures, s)));
    correlation(text, figures);
    barrier(text, merge);
    merge.notes().forEach(note -> TerminalSummary.line(text, "note", note));
    TerminalSummary.line(text, "verdict", figures.verdict());
    merge.verdict().reasons().forEach(reason -> TerminalSummary.line(text, "", reason));
    files.forEach(file -> TerminalSummary.line(text, "file", file));
    return text.toString();
  }

  private static void score(StringBuilder text, String name, MergeFigures figures, Score score) {
    String accuracy = figures.accuracy(score).shown();
    String loss = Numbers.nats(score.loss());
    TerminalSummary.line(text, name, "accuracy " + accuracy + ", loss " + loss);
  }

  private static void correlation(StringBuilder text, MergeFigures figures) {
    OptionalDouble before = figures.meanOverGroups(GroupQuality::correlationBefore);
    OptionalDouble after = figures.meanOverGroups(GroupQuality::correlationAfter);
    if (after.isPresent()) {
      String was = before.isPresent() ? ", before " + Numbers.weight(before.getAsDouble()) : "";
      TerminalSummary.line(text, "matched correlation", Numbers.weight(after.getAsDouble()) + was);
    }
  }

  /** The highest over the parents, as a parent that cannot be reached is what spoils a merge. */
  private static void barrier(StringBuilder text, MergeReport merge) {
    for (Treatment treatment : Treatment.values()) {
      merge.lines().stream()
          .filter(line -> line.treatment() == treatment)
          .mapToDouble(InterpolationLine::barrier)
          .max()
          .ifPresent(
              highest ->
                  TerminalSummary.line(
                      text, "highest barrier", Numbers.nats(highest) + ", " + treatment.label()));
    }
  }
}

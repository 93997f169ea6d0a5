package io.dimat.report;

import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.GroupQuality;
import io.dimat.merge.report.InterpolationLine;
import io.dimat.merge.report.InterpolationLine.Treatment;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.Parent;
import io.dimat.merge.report.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The few lines that a merge ends with on a terminal. */
public final class MergeSummary {
  private static final String REASON = "  ";

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
    models(text, figures);
    correlation(text, figures);
    barriers(text, merge.lines());
    merge.notes().forEach(note -> TerminalSummary.sentence(text, "note", "", note));
    TerminalSummary.line(text, "verdict", figures.verdict());
    merge.verdict().reasons().forEach(reason -> TerminalSummary.sentence(text, "", REASON, reason));
    TerminalSummary.lines(text, "files", files);
    return text.toString();
  }

  private static void models(StringBuilder text, MergeFigures figures) {
    for (Parent parent : figures.merge().parents()) {
      String name = (parent.reference() ? "reference " : "parent ") + parent.name();
      model(text, name, figures, parent.score(), "batch norm re-estimated", parent.recalibrated());
    }
    model(
        text,
        "averaging",
        figures,
        figures.score(Candidate.Kind.AVERAGED),
        "finished like the merge",
        figures.score(Candidate.Kind.AVERAGED_FINISHED));
    model(
        text,
        "merge",
        figures,
        figures.score(Candidate.Kind.MERGED),
        "before batch norm or REPAIR",
        figures.score(Candidate.Kind.MERGED_RAW));
  }

  /** A model and, behind it, what it was or would be when treated in another way. */
  private static void model(
      StringBuilder text,
      String name,
      MergeFigures figures,
      Optional<Score> score,
      String otherwise,
      Optional<Score> other) {
    if (score.isPresent()) {
      String accuracy = figures.accuracy(score.get()).shown();
      String loss = Numbers.nats(score.get().loss());
      String more = other.map(s -> "; " + otherwise + " " + MergeFigures.percent(s)).orElse("");
      TerminalSummary.line(text, name, "accuracy " + accuracy + ", loss " + loss + more);
    }
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
  private static void barriers(StringBuilder text, List<InterpolationLine> lines) {
    List<String> parents = lines.stream().map(InterpolationLine::parent).distinct().toList();
    String name =
        parents.size() == 1
            ? "barrier to " + parents.get(0)
            : "highest of %d barriers".formatted(parents.size());
    List<String> values = new ArrayList<>();
    for (Treatment treatment : Treatment.values()) {
      lines.stream()
          .filter(line -> line.treatment() == treatment)
          .mapToDouble(InterpolationLine::barrier)
          .max()
          .ifPresent(highest -> values.add(Numbers.nats(highest) + "  " + treatment.label()));
    }
    TerminalSummary.lines(text, name, values);
  }
}

package io.dimat.report;

import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.Parent;
import io.dimat.merge.report.Score;
import io.dimat.report.AccuracyBars.Form;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Parents, controls and the merge beside each other. */
final class MergeModelsSection implements MergeSection {
  private static final int PARENT = 0;
  private static final String RECALIBRATED = "batch norm re-estimated";
  private static final String RECALIBRATED_BARS =
      " The pale bar below a parent is that parent with its batch norm re-estimated on the probe "
          + "like the merge's: the fair one to compare the merge with.";
  private static final Map<Candidate.Kind, Integer> TONES =
      Map.of(
          Candidate.Kind.AVERAGED, 1,
          Candidate.Kind.AVERAGED_FINISHED, 1,
          Candidate.Kind.MERGED_RAW, 2,
          Candidate.Kind.MERGED, 2);

  @Override
  public String render(MergeReport merge) {
    MergeFigures figures = new MergeFigures(merge);
    boolean scored = merge.candidates().stream().anyMatch(c -> c.score().isPresent());
    String heading = scored ? "Parents, controls and the merge" : "Parents";
    return Page.section(heading, chart(figures), table(figures));
  }

  private static String chart(MergeFigures figures) {
    MergeReport merge = figures.merge();
    AccuracyBars bars = new AccuracyBars("accuracy of parents, controls and the merge");
    bars.group(merge.parents().stream().flatMap(p -> parent(figures, p)).toList());
    bars.group(merge.candidates().stream().flatMap(c -> candidate(figures, c)).toList());
    return bars.isEmpty()
        ? ""
        : Page.figure(
            "Accuracy of parents, controls and the merge",
            bars.draw(Page.WIDE),
            "Right answers on the %s scored images; the thin line at the end of a bar and the number "
                    .formatted(Numbers.count(merge.images().scored()))
                + "after ± are one standard error: what another choice of images could change. A merge is worth its "
                + "trouble where it beats plain averaging finished the same way."
                + (figures.bestRecalibrated().isPresent() ? RECALIBRATED_BARS : ""));
  }

  private static Stream<AccuracyBars.Bar> parent(MergeFigures figures, Parent parent) {
    return Stream.concat(
        bar(figures, name(parent), name(parent), PARENT, Form.FULL, parent.score()),
        bar(
            figures,
            RECALIBRATED,
            recalibratedName(parent),
            PARENT,
            Form.SAME_MODEL,
            parent.recalibrated()));
  }

  private static Stream<AccuracyBars.Bar> candidate(MergeFigures figures, Candidate candidate) {
    String label = candidate.kind().label();
    int tone = TONES.get(candidate.kind());
    return bar(figures, label, label, tone, Form.FULL, candidate.score());
  }

  private static Stream<AccuracyBars.Bar> bar(
      MergeFigures figures, String label, String hint, int tone, Form form, Optional<Score> score) {
    return score.stream()
        .map(s -> new AccuracyBars.Bar(label, hint, tone, form, figures.accuracy(s)));
  }

  private static String table(MergeFigures figures) {
    DataTable table =
        new DataTable(List.of("model", "accuracy", "loss (nats)", "weight", "file")).text(4);
    for (Parent parent : figures.merge().parents()) {
      table.row(
          List.of(
              name(parent),
              accuracy(figures, parent.score()),
              loss(parent.score()),
              Numbers.weight(parent.weight()),
              parent.file()));
      row(table, figures, recalibratedName(parent), parent.recalibrated());
    }
    for (Candidate candidate : figures.merge().candidates()) {
      row(table, figures, candidate.kind().label(), candidate.score());
    }
    return table.draw();
  }

  private static void row(
      DataTable table, MergeFigures figures, String name, Optional<Score> score) {
    if (score.isPresent()) {
      table.row(List.of(name, accuracy(figures, score), loss(score), "", ""));
    }
  }

  private static String recalibratedName(Parent parent) {
    return parent.name() + ", " + RECALIBRATED;
  }

  private static String name(Parent parent) {
    return parent.reference() ? parent.name() + " (reference)" : parent.name();
  }

  private static String accuracy(MergeFigures figures, Optional<Score> score) {
    return score.map(s -> figures.accuracy(s).shown()).orElse("");
  }

  private static String loss(Optional<Score> score) {
    return score.map(s -> Numbers.nats(s.loss())).orElse("");
  }
}

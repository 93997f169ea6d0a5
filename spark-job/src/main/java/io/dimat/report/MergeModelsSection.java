package io.dimat.report;

import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.Parent;
import io.dimat.merge.report.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parents, controls and the merge beside each other. */
final class MergeModelsSection implements MergeSection {
  private static final int PARENT = 0;
  private static final Map<Candidate.Kind, Integer> TONES =
      Map.of(
          Candidate.Kind.AVERAGED, 1,
          Candidate.Kind.AVERAGED_FINISHED, 1,
          Candidate.Kind.MERGED_RAW, 2,
          Candidate.Kind.MERGED, 2);

  @Override
  public String render(MergeReport merge) {
    MergeFigures figures = new MergeFigures(merge);
    return Page.section("Parents, controls and the merge", chart(figures), table(figures));
  }

  private static String chart(MergeFigures figures) {
    MergeReport merge = figures.merge();
    AccuracyBars bars = new AccuracyBars("accuracy of parents, controls and the merge");
    bars.group(merge.parents().stream().flatMap(p -> parent(figures, p).stream()).toList());
    bars.group(merge.candidates().stream().flatMap(c -> candidate(figures, c).stream()).toList());
    return bars.isEmpty()
        ? ""
        : Page.figure(
            "Accuracy of parents, controls and the merge",
            bars.draw(Page.WIDE),
            "Right answers on the %s scored images; the thin line at the end of a bar and the number "
                    .formatted(Numbers.count(merge.images().scored()))
                + "after ± are one standard error, which is what chance does. A merge is worth its "
                + "trouble where it beats plain averaging finished the same way.");
  }

  private static Optional<AccuracyBars.Bar> parent(MergeFigures figures, Parent parent) {
    return parent.score().map(s -> new AccuracyBars.Bar(name(parent), PARENT, figures.accuracy(s)));
  }

  private static Optional<AccuracyBars.Bar> candidate(MergeFigures figures, Candidate candidate) {
    String label = candidate.kind().label();
    int tone = TONES.get(candidate.kind());
    return candidate.score().map(s -> new AccuracyBars.Bar(label, tone, figures.accuracy(s)));
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
    }
    for (Candidate candidate : figures.merge().candidates()) {
      if (candidate.score().isPresent()) {
        Optional<Score> score = candidate.score();
        table.row(List.of(candidate.kind().label(), accuracy(figures, score), loss(score), "", ""));
      }
    }
    return table.draw();
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

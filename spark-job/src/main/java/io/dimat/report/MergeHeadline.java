package io.dimat.report;

import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.GroupQuality;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.Parent;
import java.util.Locale;

/** What was merged, what it is worth, and the few numbers that matter. */
final class MergeHeadline implements MergeSection {
  @Override
  public String render(MergeReport merge) {
    MergeFigures figures = new MergeFigures(merge);
    Markup html = new Markup();
    html.open("header").leaf("p", "merge report", "class", "status");
    html.leaf("h1", figures.title());
    verdict(html, figures);
    html.open("div", "class", "tiles");
    tiles(html, figures);
    html.close("div");
    merge.notes().forEach(note -> html.leaf("p", note, "class", "note"));
    return html.close("header").toString();
  }

  private static void verdict(Markup html, MergeFigures figures) {
    String grade = figures.merge().verdict().grade().name().toLowerCase(Locale.ROOT);
    html.open("div", "class", "verdict " + grade, "role", "status");
    html.leaf("strong", figures.verdict()).open("ul");
    figures.merge().verdict().reasons().forEach(reason -> html.leaf("li", sentence(reason)));
    html.close("ul").close("div");
  }

  private static String sentence(String reason) {
    return reason.isEmpty()
        ? reason
        : reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1) + ".";
  }

  private static void tiles(Markup html, MergeFigures figures) {
    figures
        .score(Candidate.Kind.MERGED)
        .ifPresent(
            s ->
                tile(html, "merge", figures.accuracy(s).shown(), "loss " + Numbers.nats(s.loss())));
    figures
        .bestParent()
        .ifPresent(
            parent ->
                tile(
                    html,
                    "best parent",
                    figures.accuracy(parent.score().orElseThrow()).shown(),
                    parent.name() + recalibrated(figures, parent)));
    figures
        .score(Candidate.Kind.AVERAGED)
        .ifPresent(
            s -> tile(html, "plain averaging", figures.accuracy(s).shown(), finished(figures)));
    figures
        .meanOverGroups(GroupQuality::correlationAfter)
        .ifPresent(c -> tile(html, "matched correlation", Numbers.weight(c), before(figures)));
    if (figures.merge().network().parameters() > 0) {
      String count = Numbers.count(figures.merge().network().parameters());
      tile(html, "parameters", count, "of each model");
    }
  }

  private static String recalibrated(MergeFigures figures, Parent asItIs) {
    return figures
        .bestRecalibrated()
        .map(
            best ->
                "; %s%s with batch norm re-estimated"
                    .formatted(
                        best.equals(asItIs) ? "" : best.name() + " ",
                        MergeFigures.percent(best.recalibrated().orElseThrow())))
        .orElse("");
  }

  private static String finished(MergeFigures figures) {
    return figures
        .score(Candidate.Kind.AVERAGED_FINISHED)
        .map(s -> MergeFigures.percent(s) + " finished like the merge")
        .orElse("the control");
  }

  private static String before(MergeFigures figures) {
    return figures.meanOverGroups(GroupQuality::correlationBefore).stream()
        .mapToObj(c -> Numbers.weight(c) + " before")
        .findFirst()
        .orElse("mean over groups");
  }

  private static void tile(Markup html, String name, String value, String detail) {
    html.open("div", "class", "tile").leaf("span", name, "class", "name");
    html.leaf("strong", value).leaf("span", detail, "class", "detail").close("div");
  }
}

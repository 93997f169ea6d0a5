package io.dimat.report;

import io.dimat.compare.Comparison;
import io.dimat.compare.Comparison.Role;
import io.dimat.compare.Comparison.Row;
import io.dimat.compare.Estimate;
import io.dimat.compare.Measure;
import io.dimat.compare.Statements;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison as one HTML file that needs nothing else, in the look of {@link HtmlReport}. What
 * was not measured is left out.
 */
public final class ComparisonPage {
  private ComparisonPage() {}

  /**
   * Writes the report of a comparison. The same comparison gives the same bytes.
   *
   * @param out characters to be stored as UTF-8; flushed and left open
   */
  public static void write(Comparison comparison, Writer out) throws IOException {
    List<String> parts = new ArrayList<>(List.of(head(comparison)));
    comparison.settings().forEach(setting -> parts.add(setting(comparison, setting)));
    parts.add(configuration(comparison));
    HtmlFile.write(comparison.title(), parts, out);
  }

  private static String head(Comparison comparison) {
    Markup html = new Markup();
    String size = "%d rows, seeds %s".formatted(comparison.rows().size(), comparison.seeds());
    html.open("header").leaf("p", size, "class", "status");
    html.leaf("h1", comparison.title()).open("ul", "class", "lead");
    comparison.lines().forEach(line -> html.leaf("li", line));
    return html.close("ul").close("header").toString();
  }

  private static String setting(Comparison comparison, String setting) {
    ComparisonTones tones = ComparisonTones.of(comparison, setting);
    ComparisonCharts charts = new ComparisonCharts(comparison, setting, tones);
    return Page.section(
        setting.isEmpty() ? "Results" : setting,
        dots(comparison, setting, Measure.ACCURACY, tones),
        dots(comparison, setting, Measure.CONSENSUS_ACCURACY, tones),
        statements(comparison, setting),
        table(comparison, setting),
        charts.draw(),
        charts.smallMultiples());
  }

  private static String dots(
      Comparison comparison, String setting, Measure measure, ComparisonTones tones) {
    DotPlot plot = new DotPlot(measure.words(), "test accuracy (%)");
    for (Row row : comparison.ranked(setting, measure)) {
      Estimate e = row.estimate(measure);
      if (e.count() > 0) {
        double half = e.hasInterval() ? e.halfWidth() : 0;
        int tone = row.role() == Role.CONTROL ? ComparisonTones.CONTROL : tones.of(row);
        plot.dot(
            new DotPlot.Dot(
                row.algorithm(),
                tone,
                100 * e.mean(),
                Math.max(0, 100 * (e.mean() - half)),
                Math.min(100, 100 * (e.mean() + half)),
                measure.shown(e)));
      }
    }
    return plot.isEmpty()
        ? ""
        : Page.figure(
            capital(measure.words()),
            plot.draw(Page.WIDE),
            "In the last round, mean over seeds with its 95 % interval where there is more than one seed, drawn from 0 to 100 % at most. Controls are grey.");
  }

  private static String statements(Comparison comparison, String setting) {
    List<String> sentences = Statements.of(comparison, setting);
    if (sentences.isEmpty()) {
      return "";
    }
    Markup html = new Markup();
    html.open("div", "class", "verdict").leaf("strong", "What differs by more than chance");
    html.open("ul");
    sentences.forEach(sentence -> html.leaf("li", sentence));
    return html.close("ul").close("div").toString();
  }

  private static String table(Comparison comparison, String setting) {
    List<String> columns = new ArrayList<>(List.of("algorithm", "step size"));
    List.of(Measure.values()).forEach(measure -> columns.add(measure.words()));
    DataTable table = new DataTable(columns);
    for (Row row : comparison.ranked(setting, Measure.ACCURACY)) {
      List<String> cells = new ArrayList<>();
      cells.add(row.algorithm() + (row.role() == Role.CONTROL ? " (control)" : ""));
      cells.add(
          row.learningRate().isPresent() ? Double.toString(row.learningRate().getAsDouble()) : "");
      for (Measure measure : Measure.values()) {
        Estimate estimate = row.estimate(measure);
        cells.add(estimate.count() == 0 ? "" : shown(measure, estimate));
      }
      table.row(cells);
    }
    return Page.figure(
            "All rows",
            table.draw(),
            "Best mean agent first, rows of which a run was lost last. The same table, with intervals for every column, is beside this page as comparison.csv, comparison.md and comparison.json.")
        + remarks(comparison, setting);
  }

  /** With its interval where that fits on the page: accuracies. */
  private static String shown(Measure measure, Estimate estimate) {
    return measure.isAccuracy() ? measure.shown(estimate) : measure.shown(estimate.mean());
  }

  /** Below the table, which they would make too wide. */
  private static String remarks(Comparison comparison, String setting) {
    DataTable table = new DataTable(List.of("algorithm", "remarks")).text(1);
    List<Row> remarked =
        comparison.ranked(setting, Measure.ACCURACY).stream()
            .filter(row -> !remark(comparison, row).isEmpty())
            .toList();
    remarked.forEach(row -> table.row(List.of(row.algorithm(), remark(comparison, row))));
    return remarked.isEmpty()
        ? ""
        : Page.figure("Remarks", table.draw(), "In which a row differs from the others.");
  }

  private static String remark(Comparison comparison, Row row) {
    boolean whole = row.count(Comparison.Status.DONE) == comparison.seeds().size();
    boolean ran = !row.cells().isEmpty();
    String runs = whole || !ran ? "" : "runs: " + row.state(comparison.seeds().size());
    return runs.isEmpty() || row.note().isEmpty() ? runs + row.note() : runs + "; " + row.note();
  }

  private static String configuration(Comparison comparison) {
    Markup html = new Markup();
    html.open("details").leaf("summary", "Show the resolved configuration of the first run");
    html.open("pre").leaf("code", comparison.configuration()).close("pre").close("details");
    return Page.section("Configuration", html.toString());
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}

package io.dimat.job;

import io.dimat.cli.JobOptions;
import io.dimat.compare.Comparison;
import io.dimat.compare.Comparison.Cell;
import io.dimat.compare.Comparison.Row;
import io.dimat.compare.Comparison.Status;
import io.dimat.compare.Measure;
import io.dimat.compare.Statements;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Tells how far a comparison is: one line for every run. */
final class CompareProgress {
  private final JobOptions options;
  private final int total;
  private int number;
  private int fresh;
  private int skipped;
  private double seconds;

  CompareProgress(ComparePlan plan, JobOptions options) {
    this.options = options;
    this.total = total(plan);
  }

  private static int total(ComparePlan plan) {
    return plan.distinctRows().size() * plan.config().seeds().size() + trials(plan);
  }

  private static int trials(ComparePlan plan) {
    int rates = plan.config().tuning().map(t -> t.learningRates().size()).orElse(0);
    return plan.distinctRows().size() * rates;
  }

  /** How much there is to run, in a line. */
  static String summary(ComparePlan plan) {
    long settings = plan.rows().stream().map(PlannedRow::setting).distinct().count();
    int trials = trials(plan);
    return "comparison of %d algorithms and controls in %d setting%s, seeds %s: %d runs%s"
        .formatted(
            plan.rows().stream().map(PlannedRow::algorithm).distinct().count(),
            settings,
            settings == 1 ? "" : "s",
            plan.config().seeds(),
            total(plan),
            trials == 0 ? "" : ", %d of them trials of step sizes".formatted(trials));
  }

  /** What will run, before Spark starts. */
  static void announce(ComparePlan plan, JobOptions options) {
    options.out().println(summary(plan) + "; starting Spark");
    plan.rows().stream()
        .filter(row -> !row.canRun())
        .forEach(
            row ->
                options
                    .out()
                    .printf("refused: %s: %s%n", row.name(), String.join("; ", row.refusal())));
  }

  /**
   * Runs a cell that is not finished, and tells how it ended.
   *
   * @param run given the title of the cell
   */
  Cell follow(String name, Optional<Cell> finished, Function<String, Cell> run) {
    number++;
    if (finished.isPresent()) {
      skipped++;
      return finished.get();
    }
    if (skipped > 0 && fresh == 0) {
      options.out().printf("%d runs were finished already%n", skipped);
    }
    long started = System.nanoTime();
    Cell cell = run.apply(text("%d/%d %s: ", number, total, name));
    double took = (System.nanoTime() - started) * 1e-9;
    fresh++;
    seconds += took;
    options.out().println(line(name, cell, took));
    return cell;
  }

  private String line(String name, Cell cell, double took) {
    StringBuilder line = new StringBuilder();
    line.append(text("cell %d/%d  %s: ", number, total, name));
    if (cell.status() == Status.DONE) {
      for (Measure measure : List.of(Measure.ACCURACY, Measure.CONSENSUS_ACCURACY)) {
        double value = cell.curve().last(measure);
        String word = measure == Measure.ACCURACY ? "mean" : "  consensus";
        line.append(Double.isFinite(value) ? word + " " + measure.shown(value) : "");
      }
    } else {
      line.append(cell.status().words()).append(": ").append(cell.reason());
    }
    line.append(text("  %.1f s", took));
    int left = total - number;
    return line.append(left > 0 ? text("  left %.0f s", left * seconds / fresh) : "").toString();
  }

  /** The table in short. */
  void end(Comparison comparison, String report) {
    if (fresh == 0) {
      options.out().printf("all %d runs were finished already: nothing to do%n", number);
    }
    for (String setting : comparison.settings()) {
      options.out().println(setting.isEmpty() ? "" : "\n" + setting);
      for (Row row : comparison.ranked(setting, Measure.ACCURACY)) {
        options.out().println(row(comparison, row));
      }
    }
    for (String setting : comparison.settings()) {
      Statements.of(comparison, setting).stream()
          .limit(1)
          .forEach(sentence -> options.out().println(inOf(setting) + sentence));
    }
    options.out().println("report " + report);
  }

  private static String inOf(String setting) {
    return setting.isEmpty() ? "" : setting + ": ";
  }

  private static String row(Comparison comparison, Row row) {
    return text(
        "  %-36s mean %-16s consensus %-16s worst %-16s runs %s",
        CompareText.name(row.algorithm(), row.role()),
        Measure.ACCURACY.shown(row.estimate(Measure.ACCURACY)),
        Measure.CONSENSUS_ACCURACY.shown(row.estimate(Measure.CONSENSUS_ACCURACY)),
        Measure.WORST.shown(row.estimate(Measure.WORST)),
        row.state(comparison.seeds().size()));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

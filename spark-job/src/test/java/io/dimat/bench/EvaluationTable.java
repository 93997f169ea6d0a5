package io.dimat.bench;

import io.dimat.metrics.MetricsFile;
import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Several runs as a Markdown table: {@code EvaluationTable FOLDER...}, each folder with the output
 * folders of one row's runs, one for each seed. A cell is mean ± sample standard deviation over
 * them.
 */
public final class EvaluationTable {
  private record Column(String title, ToDoubleFunction<Run> value) {}

  /** One finished run. */
  private record Run(RunDescription description, List<MetricsRow> rows) {
    static Run read(Path folder) throws IOException {
      try (Reader json = Files.newBufferedReader(folder.resolve("run.json"));
          Reader lines = Files.newBufferedReader(folder.resolve("metrics.jsonl"))) {
        Run run = new Run(RunDescription.read(json), MetricsFile.read(lines));
        if (run.lastRound() != run.description.roundsPlanned()) {
          throw new IOException(
              "%s needs %d rounds, got %d"
                  .formatted(folder, run.description.roundsPlanned(), run.lastRound()));
        }
        return run;
      }
    }

    int lastRound() {
      return rows.stream().mapToInt(MetricsRow::round).max().orElse(0);
    }

    /** Accuracy of every agent in percent: after the merge, or after training where none merges. */
    DoubleStream agents(int round) {
      List<MetricsRow> here =
          rows.stream()
              .filter(row -> row.kind().equals(MetricsRow.AGENT) && row.round() == round)
              .toList();
      List<MetricsRow> merged = here.stream().filter(row -> at(row, MetricsRow.MERGED)).toList();
      return (merged.isEmpty() ? here : merged)
          .stream().mapToDouble(row -> percent(row, Metric.TEST_ACCURACY));
    }

    private static boolean at(MetricsRow row, String point) {
      return row.point().filter(point::equals).isPresent();
    }

    private static double percent(MetricsRow row, String metric) {
      return 100 * row.value(metric).orElse(Double.NaN);
    }

    double mean(int round) {
      return agents(round).average().orElse(Double.NaN);
    }

    double worst() {
      return agents(lastRound()).min().orElse(Double.NaN);
    }

    double consensus() {
      return rows.stream()
          .filter(row -> row.kind().equals(MetricsRow.ROUND) && row.round() == lastRound())
          .mapToDouble(row -> percent(row, Metric.CONSENSUS_ACCURACY))
          .findFirst()
          .orElse(Double.NaN);
    }

    double megabytes() {
      return rows.stream()
              .mapToDouble(row -> row.values().getOrDefault(Metric.BYTES_SENT, 0.0))
              .sum()
          / 1e6;
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("pretrained %", run -> run.mean(0)),
          new Column("first merge %", run -> run.mean(1)),
          new Column("last round %", run -> run.mean(run.lastRound())),
          new Column("worst agent %", Run::worst),
          new Column("consensus model %", Run::consensus),
          new Column("sent MB", Run::megabytes),
          new Column("seconds", run -> run.description.outcome().wallSeconds()));

  private EvaluationTable() {}

  public static void main(String[] args) throws IOException {
    List<String> titles = COLUMNS.stream().map(Column::title).toList();
    System.out.println("| init | algorithm | runs | " + String.join(" | ", titles) + " |");
    System.out.println("|---|---|" + "---:|".repeat(1 + titles.size()));
    for (String arg : args) {
      Path folder = Path.of(arg);
      List<Run> runs = runs(folder);
      System.out.printf(
          "| %s | %s | %d |",
          folder.getName(folder.getNameCount() - 2), folder.getFileName(), runs.size());
      for (Column column : COLUMNS) {
        System.out.print(" " + cell(runs.stream().mapToDouble(column.value()).toArray()) + " |");
      }
      System.out.println();
    }
  }

  private static List<Run> runs(Path folder) throws IOException {
    List<Run> runs = new ArrayList<>();
    try (Stream<Path> seeds = Files.list(folder)) {
      for (Path seed : seeds.sorted().toList()) {
        runs.add(Run.read(seed));
      }
    }
    return runs;
  }

  private static String cell(double[] values) {
    double deviation = Math.sqrt(StatUtils.variance(values));
    return values.length == 1
        ? String.format(Locale.ROOT, "%.1f", values[0])
        : String.format(Locale.ROOT, "%.1f ± %.1f", StatUtils.mean(values), deviation);
  }
}

package io.dimat.job;

import io.dimat.compare.Comparison;
import io.dimat.compare.Comparison.Cell;
import io.dimat.compare.Comparison.Row;
import io.dimat.compare.Comparison.Status;
import io.dimat.conf.CompareConfig;
import io.dimat.conf.RunConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What has been measured so far, by the folders of rows. */
final class CompareResults {
  private final ComparePlan plan;
  private final SortedMap<String, SortedMap<Long, Cell>> cells = new TreeMap<>();
  private final SortedMap<String, CompareTuning> tunings = new TreeMap<>();

  CompareResults(ComparePlan plan) {
    this.plan = plan;
  }

  void put(PlannedRow row, long seed, Cell cell) {
    cells.computeIfAbsent(row.folder(), folder -> new TreeMap<>()).put(seed, cell);
  }

  void tuned(PlannedRow row, CompareTuning tuning) {
    tunings.put(row.folder(), tuning);
  }

  /** The tuned step size; empty if step sizes are given, or nothing worked. */
  OptionalDouble learningRate(PlannedRow row) {
    CompareTuning tuning = tunings.get(row.folder());
    return tuning == null ? OptionalDouble.empty() : tuning.best();
  }

  /** Runs that failed for another reason than divergence, trials of step sizes among them. */
  long failures() {
    return all().stream().filter(cell -> cell.status() == Status.FAILED).count();
  }

  int size() {
    return all().size();
  }

  private List<Cell> all() {
    return Stream.concat(
            cells.values().stream().flatMap(seeds -> seeds.values().stream()),
            tunings.values().stream().flatMap(tuning -> tuning.trials().values().stream()))
        .toList();
  }

  /** Everything as values for table and report. */
  Comparison comparison() {
    CompareConfig config = plan.config();
    PlannedRow any = plan.distinctRows().get(0);
    RunConfig first = any.run(config, config.seeds().get(0), OptionalDouble.empty());
    List<Row> rows = new ArrayList<>();
    plan.rows().forEach(row -> rows.add(row(row)));
    return new Comparison(
        "Comparison on " + first.data().source(),
        CompareText.lines(plan, first),
        config.seeds(),
        rows,
        first.render());
  }

  private Row row(PlannedRow row) {
    OptionalDouble rate = OptionalDouble.empty();
    List<String> notes = new ArrayList<>();
    if (row.canRun()) {
      CompareConfig config = plan.config();
      rate =
          config.tuning().isPresent()
              ? learningRate(row)
              : OptionalDouble.of(
                  row.run(config, config.seeds().get(0), OptionalDouble.empty())
                      .train()
                      .learningRate());
      CompareTuning tuning = tunings.get(row.folder());
      notes.add(row.note());
      notes.add(tuning == null ? "" : tuning.note());
      cells
          .getOrDefault(row.folder(), new TreeMap<>())
          .forEach((seed, cell) -> notes.add(reason(seed, cell)));
    } else {
      notes.add("refused: " + String.join("; ", row.refusal()));
    }
    return new Row(
        row.setting(),
        row.algorithm(),
        row.role(),
        rate,
        String.join("; ", notes.stream().filter(note -> !note.isEmpty()).toList()),
        cells.getOrDefault(row.folder(), new TreeMap<>()));
  }

  private static String reason(long seed, Cell cell) {
    return cell.reason().isEmpty() ? "" : "seed %d: %s".formatted(seed, cell.reason());
  }
}

package io.dimat.job;

import io.dimat.compare.Comparison.Role;
import io.dimat.conf.CompareConfig;
import io.dimat.conf.CompareControls;
import io.dimat.conf.CompareControls.Control;
import io.dimat.conf.ConfigException;
import io.dimat.conf.RunConfig;
import io.dimat.conf.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every run of a comparison, checked before anything starts. An algorithm that cannot run in some
 * setting of the grid is refused there and keeps its other rows; one that can run nowhere, and a
 * setting where nothing can run, are errors.
 *
 * @param rows setting after setting, controls last
 */
record ComparePlan(CompareConfig config, List<PlannedRow> rows) {
  ComparePlan {
    rows = List.copyOf(rows);
  }

  /**
   * Plans a comparison.
   *
   * @throws ConfigException with everything that is wrong, one line each
   */
  static ComparePlan of(CompareConfig config) {
    if (config.out().isEmpty()) {
      throw new ConfigException(List.of("run.out must be a folder, got nothing"));
    }
    List<PlannedRow> rows = new ArrayList<>();
    for (CompareSetting setting : CompareSetting.grid(config)) {
      rows.addAll(rows(config, setting));
    }
    List<PlannedRow> errors = errors(rows);
    if (!errors.isEmpty()) {
      throw new ConfigException(told(errors, rows.size()));
    }
    return new ComparePlan(config, rows);
  }

  /** Rows of different settings that are the same runs, once. */
  List<PlannedRow> distinctRows() {
    Map<String, PlannedRow> byFolder = new LinkedHashMap<>();
    rows.stream()
        .filter(PlannedRow::canRun)
        .forEach(row -> byFolder.putIfAbsent(row.folder(), row));
    return List.copyOf(byFolder.values());
  }

  private static List<PlannedRow> rows(CompareConfig config, CompareSetting setting) {
    RunConfig plain;
    try {
      plain = config.run(setting.settings());
    } catch (ConfigException e) {
      return config.algorithms().stream()
          .map(v -> row(setting, v, Role.ALGORITHM, Set.of()).refused(e.problems()))
          .toList();
    }
    List<PlannedRow> controls = new ArrayList<>();
    for (Control control : CompareControls.all(plain)) {
      CompareSetting seen = setting.blind(control.blindTo());
      PlannedRow row = row(seen, control.variant(), Role.CONTROL, control.blindTo());
      PlannedRow planned = checked(config, plain, row.in(setting.label()));
      if (!control.recalibrates() || !planned.canRun() || first(config, planned).hasBatchNorm()) {
        controls.add(planned);
      }
    }
    List<PlannedRow> all = new ArrayList<>();
    for (Variant variant : config.algorithms()) {
      PlannedRow row = checked(config, plain, row(setting, variant, Role.ALGORITHM, Set.of()));
      int same = row.canRun() ? sameRun(config, row, controls) : -1;
      if (same >= 0) {
        controls.set(same, controls.get(same).noted("also listed as " + row.algorithm()));
      } else {
        all.add(
            controls.stream().anyMatch(c -> c.folder().equals(row.folder())) ? taken(row) : row);
      }
    }
    all.addAll(controls);
    return all;
  }

  private static PlannedRow row(
      CompareSetting setting, Variant variant, Role role, Set<String> blindTo) {
    String where = setting.folder(blindTo);
    return new PlannedRow(
        setting.label(),
        variant.label(),
        role,
        variant.settings().over(setting.settings()),
        where.isEmpty() ? variant.folder() : variant.folder() + "/" + where,
        "",
        1,
        List.of());
  }

  private static PlannedRow taken(PlannedRow row) {
    return row.refused(
        List.of("%s is the name of a control: give it another label".formatted(row.algorithm())));
  }

  private static JobPlan first(CompareConfig config, PlannedRow row) {
    return JobPlan.of(row.run(config, config.seeds().get(0), OptionalDouble.empty()));
  }

  private static int sameRun(CompareConfig config, PlannedRow row, List<PlannedRow> controls) {
    String text = text(config, row);
    for (int i = 0; i < controls.size(); i++) {
      if (controls.get(i).canRun() && text(config, controls.get(i)).equals(text)) {
        return i;
      }
    }
    return -1;
  }

  private static String text(CompareConfig config, PlannedRow row) {
    return row.run(config, config.seeds().get(0), OptionalDouble.empty()).fingerprintText();
  }

  /** The row with its budget, or with the reasons why it cannot run. */
  private static PlannedRow checked(CompareConfig config, RunConfig plain, PlannedRow row) {
    try {
      PlannedRow budgeted = row.budgeted(GradientBudget.factor(plain, first(config, row)));
      Set<String> problems = new LinkedHashSet<>();
      for (RunConfig run : runs(config, budgeted)) {
        problems(() -> JobPlan.of(run)).forEach(problems::add);
      }
      return problems.isEmpty()
          ? budgeted.noted(CompareText.row(config, plain, budgeted))
          : budgeted.refused(List.copyOf(problems));
    } catch (ConfigException e) {
      return row.refused(e.problems());
    }
  }

  private static List<String> problems(Runnable check) {
    try {
      check.run();
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  /** One run for every seed, and one trial. */
  private static List<RunConfig> runs(CompareConfig config, PlannedRow row) {
    List<RunConfig> runs = new ArrayList<>();
    config.seeds().forEach(seed -> runs.add(row.run(config, seed, OptionalDouble.empty())));
    config.tuning().ifPresent(t -> runs.add(row.trial(config, t, t.learningRates().get(0))));
    return runs;
  }

  /**
   * What runs in several settings at once says nothing about whether a setting is sound. A control
   * that can run nowhere is no error: nobody asked for it, and its row says why.
   */
  private static List<PlannedRow> errors(List<PlannedRow> rows) {
    Set<String> algorithms = able(rows, row -> row.role() + row.algorithm());
    Map<String, Long> sharing =
        rows.stream().collect(Collectors.groupingBy(PlannedRow::folder, Collectors.counting()));
    Set<String> settings =
        able(
            rows.stream().filter(row -> sharing.get(row.folder()) == 1).toList(),
            PlannedRow::setting);
    return rows.stream()
        .filter(
            row ->
                (row.role() == Role.ALGORITHM && !algorithms.contains(row.role() + row.algorithm()))
                    || !settings.contains(row.setting()))
        .filter(row -> !row.canRun())
        .toList();
  }

  private static Set<String> able(List<PlannedRow> rows, Function<PlannedRow, String> name) {
    return rows.stream().filter(PlannedRow::canRun).map(name).collect(Collectors.toSet());
  }

  /** A problem that all rows share is told once and without names. */
  private static List<String> told(List<PlannedRow> errors, int rows) {
    Map<String, List<String>> names = new TreeMap<>();
    for (PlannedRow row : errors) {
      row.refusal()
          .forEach(
              problem -> names.computeIfAbsent(problem, p -> new ArrayList<>()).add(row.name()));
    }
    List<String> lines = new ArrayList<>();
    names.forEach(
        (problem, who) -> {
          int more = who.size() - 1;
          lines.add(
              who.size() == rows
                  ? problem
                  : who.get(0) + (more > 0 ? " and " + more + " more" : "") + ": " + problem);
        });
    return lines;
  }
}

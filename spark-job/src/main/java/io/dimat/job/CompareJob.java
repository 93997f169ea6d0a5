package io.dimat.job;

import io.dimat.cli.JobOptions;
import io.dimat.cli.RunFailedException;
import io.dimat.compare.Comparison.Cell;
import io.dimat.conf.CompareConfig;
import io.dimat.conf.CompareConfig.Tuning;
import io.dimat.conf.ConfigException;
import io.dimat.conf.OutputConfig.Resume;
import io.dimat.store.Lease;
import io.dimat.store.NewFolders;
import io.dimat.store.RunFolder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs a comparison, one cell after the other in one Spark session. Every cell is an ordinary run
 * that resumes; tables and report are written after each.
 */
final class CompareJob {
  private final ComparePlan plan;
  private final CompareConfig config;
  private final JobOptions options;
  private final Session session;
  private final String root;
  private final CompareResults results;
  private final CompareFiles files;
  private CompareProgress progress;

  private CompareJob(ComparePlan plan, JobOptions options, Session session) {
    this.plan = plan;
    this.config = plan.config();
    this.options = options;
    this.session = session;
    this.root = config.out().orElseThrow();
    this.results = new CompareResults(plan);
    this.files = new CompareFiles(session.folder(root));
  }

  /** Runs or resumes the comparison that {@code config} describes. */
  static void run(CompareConfig config, JobOptions options) {
    ComparePlan plan = ComparePlan.of(config);
    CompareProgress.announce(plan, options);
    try (Session session = Session.open("dimat compare", options.master())) {
      new CompareJob(plan, options, session).run();
    }
  }

  private void run() {
    RunFolder folder = session.folder(root);
    requireResumable(folder);
    NewFolders created = NewFolders.before(session.folder(root + "/" + CompareCell.SHARDS));
    try (Lease lease = Lease.claim(folder, Clock.systemUTC())) {
      progress = new CompareProgress(plan, options);
      tune();
      List<Scheduled> cells = cells();
      prepare(cells);
      for (Scheduled cell : cells) {
        lease.requireHeld();
        Cell outcome =
            progress.follow(cell.name(), cell.finished(), title -> cell.run(options, title));
        results.put(cell.row(), cell.seed(), outcome);
        files.write(results.comparison());
      }
    } finally {
      created.deleteEmpty();
    }
    files.write(results.comparison());
    progress.end(results.comparison(), folder.path(CompareFiles.REPORT));
    if (results.failures() > 0) {
      throw new RunFailedException(
          "%d of %d runs failed; the table says why, the same command tries them again"
              .formatted(results.failures(), results.size()));
    }
  }

  private void requireResumable(RunFolder folder) {
    boolean holds = folder.names().contains(PlannedRow.RUNS);
    Resume resume = config.resume();
    if (holds && resume == Resume.NEVER) {
      throw refusal(folder, "holds runs, and run.resume is never: choose another --out");
    }
    if (!holds && resume == Resume.MUST) {
      throw refusal(folder, "has no runs to resume, and run.resume is must: use --resume auto");
    }
  }

  private static ConfigException refusal(RunFolder folder, String reason) {
    return new ConfigException(List.of(folder.location() + " " + reason));
  }

  /** A run that the session knows, and what an earlier attempt left of it. */
  private record Scheduled(
      PlannedRow row, long seed, String name, CompareCell cell, Optional<Cell> finished) {
    Cell run(JobOptions options, String title) {
      return cell.run(options, title);
    }
  }

  private void tune() {
    if (config.tuning().isEmpty()) {
      return;
    }
    Tuning tuning = config.tuning().get();
    List<Scheduled> trials = new ArrayList<>();
    for (PlannedRow row : plan.distinctRows()) {
      for (double rate : tuning.learningRates()) {
        String name = "%s, step size %s".formatted(row.name(), rate);
        trials.add(
            scheduled(row, tuning.seed(), name, JobPlan.of(row.trial(config, tuning, rate))));
      }
    }
    prepare(trials);
    int next = 0;
    for (PlannedRow row : plan.distinctRows()) {
      SortedMap<Double, Cell> tried = new TreeMap<>();
      for (double rate : tuning.learningRates()) {
        Scheduled trial = trials.get(next++);
        tried.put(
            rate,
            progress.follow(trial.name(), trial.finished(), title -> trial.run(options, title)));
      }
      results.tuned(row, new CompareTuning(tried));
    }
  }

  /** Seed after seed, so that there is an early table with every row. */
  private List<Scheduled> cells() {
    List<Scheduled> cells = new ArrayList<>();
    for (long seed : config.seeds()) {
      for (PlannedRow row : plan.distinctRows()) {
        OptionalDouble rate = results.learningRate(row);
        if (config.tuning().isEmpty() || rate.isPresent()) {
          String name = "%s, seed %d".formatted(row.name(), seed);
          cells.add(scheduled(row, seed, name, JobPlan.of(row.run(config, seed, rate))));
        }
      }
    }
    return cells;
  }

  private Scheduled scheduled(PlannedRow row, long seed, String name, JobPlan job) {
    CompareCell cell = new CompareCell(job, session, root);
    return new Scheduled(row, seed, name, cell, cell.finished());
  }

  /**
   * Shards of everything that is still to run: data that cannot serve shows before any training.
   */
  private static void prepare(List<Scheduled> cells) {
    SortedMap<String, CompareCell> distinct = new TreeMap<>();
    cells.stream()
        .filter(cell -> cell.finished().isEmpty())
        .forEach(cell -> distinct.putIfAbsent(cell.cell().shardsName(), cell.cell()));
    distinct.values().forEach(CompareCell::prepare);
  }
}

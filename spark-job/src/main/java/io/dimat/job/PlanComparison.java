package io.dimat.job;

import io.dimat.conf.CompareConfig;
import io.dimat.conf.CompareConfig.Tuning;
import io.dimat.conf.RunConfig;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Prints what a validated comparison would run and cost; starts no training and no Spark. */
final class PlanComparison {
  private static final double MEGABYTE = 1e6;
  private static final double GIGABYTE = 1e9;
  private static final double IMAGES = 1e3;

  private final ComparePlan plan;
  private final PrintStream out;

  PlanComparison(ComparePlan plan, PrintStream out) {
    this.plan = plan;
    this.out = out;
  }

  void print() {
    out.println(CompareProgress.summary(plan));
    printRows();
    printCommon();
    printTotals(
        plan.distinctRows().stream().map(this::all).reduce(PlannedWork.NONE, PlannedWork::plus));
    out.println("nothing was started");
  }

  private void printRows() {
    out.println("of each row one run: rounds, Spark jobs at least, about what all agents send");
    Set<String> seen = new HashSet<>();
    String setting = "";
    for (PlannedRow row : plan.rows()) {
      if (!row.setting().equals(setting)) {
        setting = row.setting();
        out.println("\n" + setting);
      }
      boolean repeats = row.canRun() && !seen.add(row.folder());
      out.println(
          text("  %-36s ", CompareText.name(row.algorithm(), row.role())) + cost(row, repeats));
    }
  }

  private void printCommon() {
    RunConfig run = first(plan.distinctRows().get(0)).config();
    out.println();
    CompareText.heldEqual(plan, run).forEach(line -> out.println("* " + line));
    CompareText.notes(run).forEach(line -> out.println("* " + line));
    out.println();
  }

  private void printTotals(PlannedWork work) {
    out.println(
        text(
            "traffic    about %.2f GB, sent by all agents of all runs",
            work.sentBytes() / GIGABYTE));
    out.println(
        text(
            "storage    %.2f GB of committed models in %s",
            work.storedBytes() / GIGABYTE, plan.config().out().orElseThrow()));
    out.println("time       " + time(work));
  }

  private String cost(PlannedRow row, boolean repeats) {
    if (!row.canRun()) {
      return "refused: " + String.join("; ", row.refusal());
    }
    if (repeats) {
      return "the runs above, which this setting does not change";
    }
    JobPlan job = first(row);
    PlannedWork work = PlannedWork.of(job);
    String numbers =
        job.averagesOnDriver()
            ? text("%10s %12s", "", "")
            : text("%,5d jobs %,9.1f MB", work.sparkJobs(), work.sentBytes() / MEGABYTE);
    return text("%3d rounds %s  %s", job.run().rounds(), numbers, row.note()).stripTrailing();
  }

  private JobPlan first(PlannedRow row) {
    CompareConfig config = plan.config();
    return JobPlan.of(row.run(config, config.seeds().get(0), OptionalDouble.empty()));
  }

  /** A row's runs, trials of step sizes among them. */
  private PlannedWork all(PlannedRow row) {
    PlannedWork runs = PlannedWork.of(first(row)).times(plan.config().seeds().size());
    Optional<Tuning> tuning = plan.config().tuning();
    if (tuning.isEmpty()) {
      return runs;
    }
    List<Double> rates = tuning.get().learningRates();
    RunConfig trial = row.trial(plan.config(), tuning.get(), rates.get(0));
    return runs.plus(PlannedWork.of(JobPlan.of(trial)).times(rates.size()));
  }

  private static String time(PlannedWork work) {
    List<String> training = new ArrayList<>();
    if (work.coreSeconds() > 0) {
      training.add(duration(work.coreSeconds()));
    }
    if (work.coreSecondsPerImage() > 0) {
      training.add(
          text(
              "%s for every %,.0f training images",
              duration(IMAGES * work.coreSecondsPerImage()), IMAGES));
    }
    return text(
        "training alone takes one core about %s (assumes %.0f G multiply-adds a second); evaluation, merging and the overhead of at least %,d Spark jobs, some 0.05 s each, come on top",
        training.isEmpty() ? "0 s" : String.join(", and ", training),
        PlannedWork.MULTIPLY_ADDS_PER_SECOND / 1e9,
        work.sparkJobs());
  }

  private static String duration(double seconds) {
    if (seconds < 120) {
      return text("%.0f s", seconds);
    }
    return seconds < 7200 ? text("%.0f minutes", seconds / 60) : text("%.0f hours", seconds / 3600);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

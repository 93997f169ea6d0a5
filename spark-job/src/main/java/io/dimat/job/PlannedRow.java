package io.dimat.job;

import io.dimat.algorithm.Algorithms;
import io.dimat.compare.Comparison.Role;
import io.dimat.conf.CompareConfig;
import io.dimat.conf.CompareConfig.Tuning;
import io.dimat.conf.RunConfig;
import io.dimat.conf.Settings;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One algorithm in one setting of a comparison.
 *
 * @param setting label, empty if there is only one
 * @param settings of algorithm and setting together
 * @param folder of its runs, relative to those of the comparison; rows that share it are the same
 *     runs
 * @param note what a reader must know of it
 * @param budget rounds for each round of the configuration, so that all algorithms evaluate equally
 *     many gradients
 * @param refusal why it cannot run here, one line each; empty if it can
 */
record PlannedRow(
    String setting,
    String algorithm,
    Role role,
    Settings settings,
    String folder,
    String note,
    double budget,
    List<String> refusal) {
  static final String RUNS = "runs";
  static final String TUNING = "tune";

  PlannedRow {
    refusal = List.copyOf(refusal);
  }

  PlannedRow refused(List<String> reasons) {
    return new PlannedRow(setting, algorithm, role, settings, folder, note, budget, reasons);
  }

  /** With one thing more that a reader must know; nothing if {@code words} is empty. */
  PlannedRow noted(String words) {
    String both = note.isEmpty() || words.isEmpty() ? note + words : note + "; " + words;
    return new PlannedRow(setting, algorithm, role, settings, folder, both, budget, refusal);
  }

  PlannedRow budgeted(double rounds) {
    return new PlannedRow(setting, algorithm, role, settings, folder, note, rounds, refusal);
  }

  /** The same runs as a row of another setting. */
  PlannedRow in(String other) {
    return new PlannedRow(other, algorithm, role, settings, folder, note, budget, refusal);
  }

  boolean canRun() {
    return refusal.isEmpty();
  }

  /** For messages. */
  String name() {
    return setting.isEmpty() ? algorithm : algorithm + " in " + setting;
  }

  /**
   * The run of one seed; a step size that is given here wins, and names the folder: a wider grid
   * may choose another one later.
   */
  RunConfig run(CompareConfig config, long seed, OptionalDouble learningRate) {
    TreeMap<String, Object> values = new TreeMap<>();
    learningRate.ifPresent(rate -> values.put("train.learning-rate", rate));
    String rate = learningRate.isPresent() ? "/rate-" + learningRate.getAsDouble() : "";
    return run(config, seed, RUNS + "/" + folder + rate + "/seed-" + seed, values);
  }

  /** A run that tries a step size: on validation images, with a seed of its own. */
  RunConfig trial(CompareConfig config, Tuning tuning, double learningRate) {
    TreeMap<String, Object> values = new TreeMap<>();
    values.put("train.learning-rate", learningRate);
    values.put("evaluate.on", "validation");
    values.put("evaluate.consensus-every", 0);
    tuning.rounds().ifPresent(rounds -> values.put("rounds", rounds));
    return run(config, tuning.seed(), TUNING + "/" + folder + "/rate-" + learningRate, values);
  }

  private RunConfig run(CompareConfig config, long seed, String place, Map<String, Object> values) {
    TreeMap<String, Object> all = new TreeMap<>(values);
    all.put("seed", seed);
    all.put("run.out", config.out().orElse("") + "/" + place);
    all.put("run.resume", "auto");
    RunConfig asked = config.run(Settings.of(all).over(settings));
    TreeMap<String, Object> derived = new TreeMap<>();
    int rounds = rounds(asked);
    if (rounds != asked.rounds()) {
      derived.put("rounds", rounds);
    }
    long steps = (long) rounds * asked.train().stepsPerRound();
    if (Algorithms.knowsItsEnd(asked.algorithm()) && steps > 0) {
      derived.put("schedule.iterations", steps);
    }
    return derived.isEmpty()
        ? asked
        : config.run(Settings.of(derived).over(Settings.of(all)).over(settings));
  }

  /** As many as the budget comes nearest to, at least one of those that are asked for. */
  private int rounds(RunConfig asked) {
    long nearest = Math.round(asked.rounds() * budget);
    return (int) Math.max(Math.min(1, asked.rounds()), nearest);
  }
}

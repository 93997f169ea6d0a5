package io.dimat.job;

import io.dimat.compare.Comparison.Role;
import io.dimat.conf.CompareConfig;
import io.dimat.conf.RunConfig;
import io.dimat.conf.Spelling;
import io.dimat.conf.TopologyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Puts into words what a comparison holds equal and what it varies. */
final class CompareText {
  private CompareText() {}

  /**
   * What a reader of its results must know, one line each.
   *
   * @param run any of its runs
   */
  static List<String> lines(ComparePlan plan, RunConfig run) {
    List<String> lines = new ArrayList<>(heldEqual(plan, run));
    lines.add(
        "accuracy on %s images in the last round, after the merge where there is one; ± is half of a 95 %% confidence interval over seeds (Student)"
            .formatted(Spelling.of(run.evaluate().on())));
    lines.add(
        "seconds add up the slowest agent of every kind of work, without evaluation; runs were made one after the other on one machine");
    lines.addAll(notes(run));
    return lines;
  }

  /** What all rows have in common, one line each. */
  static List<String> heldEqual(ComparePlan plan, RunConfig run) {
    CompareConfig config = plan.config();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d agents, topology %s with %s weights, shards %s, network %s, batches of %d, initialisation %s, %d pretraining epochs, %d rounds, where a row or setting says nothing else"
            .formatted(
                run.agents(),
                run.topology().name(),
                run.mixing().name(),
                shards(run),
                run.network().name(),
                run.train().batch(),
                Spelling.of(run.init()),
                run.pretrainEpochs(),
                run.rounds()));
    lines.add(
        "in every setting and for every seed %s, all algorithms have the same shards, the same streams of minibatches and augmentation, and the same budget of gradient evaluations; one column counts them"
            .formatted(config.seeds()));
    lines.add(
        config
            .tuning()
            .map(
                t ->
                    "step sizes are tuned: every row tries %s with seed %d on %s of the training images, held out, and keeps the best mean agent"
                        .formatted(t.learningRates(), t.seed(), percent(run.data().validation())))
            .orElse("step sizes are given, not tuned"));
    return lines;
  }

  /** What is peculiar to it, one line each. */
  static List<String> notes(RunConfig run) {
    List<String> lines = new ArrayList<>();
    JobPlan planned = JobPlan.of(run);
    if (!planned.hasBatchNorm()) {
      lines.add(
          "the network has no batch norm: the controls with recalibration are the same runs as those without, and left out");
    }
    lines.addAll(Describe.notes(planned));
    return lines;
  }

  /** A row's name on a terminal. */
  static String name(String algorithm, Role role) {
    return algorithm + (role == Role.CONTROL ? " (control)" : "");
  }

  /**
   * What a reader must know of a row that can run: its budget, how often agents exchange, and
   * whether it has another topology than the others.
   *
   * @param plain the configuration of its setting, without the algorithm's own settings
   */
  static String row(CompareConfig config, RunConfig plain, PlannedRow row) {
    JobPlan plan = JobPlan.of(row.run(config, config.seeds().get(0), OptionalDouble.empty()));
    List<String> words = new ArrayList<>();
    double gradients = GradientBudget.gradientsPerStep(plan);
    int rounds = plan.config().rounds();
    if (row.budget() != 1) {
      words.add(
          (rounds == 1 ? "1 round" : rounds + " rounds")
              + (gradients == 1
                  ? " of the same gradients"
                  : ", as a step takes " + count(gradients) + " gradients"));
    }
    TopologyConfig topology = plan.config().topology();
    boolean central = plan.config().agents() < plain.agents();
    words.add(
        central || topology.equals(plain.topology()) ? "" : "on " + plan.run().topology().name());
    words.add(plan.averagesOnDriver() ? "the driver averages: not decentralized" : "");
    words.add(ExchangeCount.note(plan));
    UnreadSettings.of(plan).keySet().stream()
        .filter(row.settings()::sets)
        .forEach(key -> words.add(key + " is not read"));
    return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining("; "));
  }

  private static String count(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.3g", number);
  }

  private static String shards(RunConfig run) {
    double alpha = run.data().partition().alpha();
    return run.data().partitioner() + (alpha > 0 ? " alpha " + alpha : "");
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * fraction);
  }
}

package io.dimat.job;

import io.dimat.conf.CompareConfig;
import io.dimat.conf.RunConfig;
import io.dimat.conf.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Puts into words what a comparison holds equal and what it varies. */
final class CompareText {
  private CompareText() {}

  /**
   * One line each.
   *
   * @param run any of its runs
   */
  static List<String> lines(ComparePlan plan, RunConfig run) {
    CompareConfig config = plan.config();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d agents, network %s, batches of %d, initialisation %s, %d pretraining epochs, %d rounds"
            .formatted(
                run.agents(),
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
    lines.add(
        "accuracy on %s images in the last round, after the merge where there is one; ± is half of a 95 %% confidence interval over seeds (Student)"
            .formatted(Spelling.of(run.evaluate().on())));
    lines.add(
        "seconds add up the slowest agent of every kind of work, without evaluation; runs were made one after the other on one machine");
    lines.addAll(budgets(plan));
    if (Describe.notes(JobPlan.of(run)).size() > 0) {
      lines.addAll(Describe.notes(JobPlan.of(run)));
    }
    return lines;
  }

  private static List<String> budgets(ComparePlan plan) {
    return plan.distinctRows().stream()
        .filter(row -> row.budget() != 1)
        .map(
            row ->
                "%s does %d rounds, which are worth as many gradients"
                    .formatted(
                        row.name(),
                        row.run(plan.config(), plan.config().seeds().get(0), OptionalDouble.empty())
                            .rounds()))
        .toList();
  }

  private static String percent(double fraction) {
    return String.format(java.util.Locale.ROOT, "%.0f %%", 100 * fraction);
  }
}

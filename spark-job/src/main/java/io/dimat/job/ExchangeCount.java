package io.dimat.job;

import io.dimat.graph.MixingMatrix;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.RunPlan;
import java.util.stream.IntStream;

/**
 * How often agents of a run send, among how many minibatches: more local steps, fewer exchanges.
 */
final class ExchangeCount {
  private long iterations;
  private long exchanges;

  private ExchangeCount() {}

  /**
   * What a reader must know of it; empty text if agents exchange at every minibatch, have nobody to
   * exchange with, or if rounds are counted in epochs.
   */
  static String note(JobPlan plan) {
    int steps = plan.config().train().stepsPerRound();
    ExchangeCount count = new ExchangeCount();
    RunPlan run = plan.run();
    for (int round = 1; round <= run.rounds(); round++) {
      count.add(run.program().round(round));
    }
    long minibatches = count.iterations == 0 ? (long) steps * run.rounds() : count.iterations;
    boolean apart = run.mixing().matrices().stream().allMatch(ExchangeCount::isIdentity);
    return apart || count.exchanges == 0 || steps == 0 || count.exchanges >= minibatches
        ? ""
        : "%d exchanges in %d minibatches".formatted(count.exchanges, minibatches);
  }

  private static boolean isIdentity(MixingMatrix matrix) {
    return IntStream.range(0, matrix.agents()).allMatch(i -> matrix.row(i).size() <= 1);
  }

  private void add(Plan plan) {
    if (plan instanceof Plan.Iterate iterate) {
      iterations += iterate.times();
      exchanges += sends(iterate.body()) ? iterate.times() : 0;
    } else if (plan instanceof Plan.Seq seq) {
      seq.plans().forEach(this::add);
    } else {
      exchanges += sends(plan) ? 1 : 0;
    }
  }

  private static boolean sends(Plan plan) {
    if (plan instanceof Plan.Do one) {
      Phase phase = one.phase();
      return phase.mail().sends();
    }
    if (plan instanceof Plan.Seq seq) {
      return seq.plans().stream().anyMatch(ExchangeCount::sends);
    }
    return plan instanceof Plan.Iterate iterate
        ? sends(iterate.body())
        : sends(((Plan.RepeatUntil) plan).body());
  }
}

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
  private boolean triggered;

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
        : (count.triggered ? "at most " : "")
            + "%d exchange%s in %d minibatches"
                .formatted(count.exchanges, count.exchanges == 1 ? "" : "s", minibatches);
  }

  private static boolean isIdentity(MixingMatrix matrix) {
    return IntStream.range(0, matrix.agents()).allMatch(i -> matrix.row(i).size() <= 1);
  }

  private void add(Plan plan) {
    if (plan instanceof Plan.Iterate iterate) {
      iterations += iterate.times();
      count(iterate.body(), iterate.times());
    } else if (plan instanceof Plan.Seq seq) {
      seq.plans().forEach(this::add);
    } else {
      count(plan, 1);
    }
  }

  private void count(Plan plan, int times) {
    boolean sends = sends(plan);
    exchanges += sends ? times : 0;
    triggered |= sends && !alwaysSends(plan);
  }

  private static boolean sends(Plan plan) {
    if (plan instanceof Plan.Seq seq) {
      return seq.plans().stream().anyMatch(ExchangeCount::sends);
    }
    if (plan instanceof Plan.Iterate iterate) {
      return sends(iterate.body());
    }
    return plan instanceof Plan.RepeatUntil repeat ? sends(repeat.body()) : alwaysSends(plan);
  }

  /** Whether something is sent whatever the agents measure. */
  private static boolean alwaysSends(Plan plan) {
    if (plan instanceof Plan.Do one) {
      Phase phase = one.phase();
      return phase.mail().sends();
    }
    if (plan instanceof Plan.Seq seq) {
      return seq.plans().stream().anyMatch(ExchangeCount::alwaysSends);
    }
    return plan instanceof Plan.Iterate iterate && alwaysSends(iterate.body());
  }
}

package io.dimat.protocol;

import io.dimat.tensor.NotFiniteException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;

/**
 * Phases that an engine runs in one go because no mail travels between them: the first may read
 * mail, the last may send some.
 */
public record Superstep(List<Placed> phases) implements Serializable {
  /**
   * A phase and when it happens.
   *
   * @param iteration counted over the whole run from 0
   */
  public record Placed(Phase phase, long iteration) implements Serializable {}

  /** What a superstep leaves, and what was measured in it. */
  public record Taken(StepResult result, AgentMetrics metrics) {}

  public Superstep {
    phases = List.copyOf(phases);
  }

  /** Name of the last phase. */
  public String name() {
    return last().name();
  }

  /** What the evaluations of the last phase say about the round. */
  public EvaluationPoint point() {
    return last().point();
  }

  private Phase last() {
    return phases.get(phases.size() - 1).phase();
  }

  /**
   * Runs one agent's part.
   *
   * @param state the agent's state before; null in the starting phase
   * @param context of the agent in this round; its iteration and recorder are replaced for every
   *     phase
   * @param recorders a fresh recorder for every phase
   * @throws DivergedException if a phase met NaN or infinity where it needs finite values
   */
  public Taken run(
      AgentState state, Inbox inbox, LocalContext context, Supplier<Recorder> recorders) {
    StepResult result = StepResult.of(state);
    AgentMetrics metrics = AgentMetrics.none();
    for (Placed placed : phases) {
      Recorder recorder = recorders.get();
      LocalContext own = context.at(placed.iteration(), recorder);
      Inbox mail = placed.phase().mail().reads() ? inbox : Inbox.empty();
      result = run(placed.phase(), result.state(), mail, own);
      requireAnnounced(placed.phase(), result);
      metrics = metrics.then(recorder.metrics());
    }
    return new Taken(result, metrics);
  }

  private static StepResult run(Phase phase, AgentState state, Inbox mail, LocalContext context) {
    try {
      return phase.step().run(state, mail, context);
    } catch (NotFiniteException e) {
      throw new DivergedException(context.round(), phase.name(), context.agent(), e);
    }
  }

  private static void requireAnnounced(Phase phase, StepResult result) {
    if (!result.outbox().isEmpty() && !phase.mail().sends()) {
      throw new IllegalStateException("phase " + phase.name() + " sends mail but says it does not");
    }
  }
}

package io.dimat.protocol;

import java.util.List;

/**
 * What a step leaves: the agent's next state and its mail.
 *
 * <p>Metrics go to the {@link Recorder} of the step's context.
 */
public record StepResult(AgentState state, List<Envelope> outbox) {
  public StepResult {
    outbox = List.copyOf(outbox);
  }

  public static StepResult of(AgentState state) {
    return new StepResult(state, List.of());
  }
}

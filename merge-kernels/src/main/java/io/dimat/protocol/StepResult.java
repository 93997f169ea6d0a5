package io.dimat.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /** Bytes of all mail: four per value, payloads as they are, once per recipient. */
  public double bytesSent() {
    return outbox.stream().mapToLong(envelope -> envelope.message().contents(state).bytes()).sum();
  }

  /**
   * Refuses mail that no engine can deliver: to an agent that does not exist, or more than one
   * message to one recipient, whose inbox has one place per sender.
   *
   * @param sender index of the agent that made this result
   * @param agents number of agents in the run
   * @throws IllegalArgumentException naming sender and recipient
   */
  public void requireDeliverable(int sender, int agents) {
    Set<Integer> recipients = new HashSet<>();
    for (Envelope envelope : outbox) {
      int to = envelope.to();
      if (to < 0 || to >= agents) {
        throw new IllegalArgumentException(
            "mail goes to agents 0 to %d, got a message from agent %d to agent %d"
                .formatted(agents - 1, sender, to));
      }
      if (!recipients.add(to)) {
        throw new IllegalArgumentException(
            "an agent sends another at most 1 message in a phase, got 2 or more from agent %d to agent %d: put everything into one"
                .formatted(sender, to));
      }
    }
  }
}

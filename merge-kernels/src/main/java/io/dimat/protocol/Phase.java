package io.dimat.protocol;

import java.io.Serializable;

/**
 * A named step that every agent takes.
 *
 * @param name short and unique within a round: it names folders and Spark jobs
 * @param point what its evaluations say about the round
 * @param mail whether it reads and sends mail
 */
public record Phase(String name, EvaluationPoint point, MailUse mail, Step step)
    implements Serializable {
  public Phase {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "a phase name is lower-case letters, digits and dashes, got " + name);
    }
  }

  /** Which ways mail goes; what does not communicate in between may run in one superstep. */
  public enum MailUse {
    NEITHER,
    SENDS,
    READS,
    READS_AND_SENDS;

    boolean reads() {
      return this == READS || this == READS_AND_SENDS;
    }

    public boolean sends() {
      return this == SENDS || this == READS_AND_SENDS;
    }
  }

  /** A pure function of its arguments: same state, inbox and context, same result, bit for bit. */
  @FunctionalInterface
  public interface Step extends Serializable {
    /**
     * Runs one agent's part.
     *
     * @param state the agent's state after the previous phase; null in the starting phase
     * @param inbox empty unless the phase reads mail
     */
    StepResult run(AgentState state, Inbox inbox, LocalContext context);
  }

  /** Work on one's own: reads no mail, sends none. */
  public static Phase alone(String name, EvaluationPoint point, Step step) {
    return new Phase(name, point, MailUse.NEITHER, step);
  }

  /** Work on one's own whose result is sent. */
  public static Phase sending(String name, Step step) {
    return new Phase(name, EvaluationPoint.TRAINED, MailUse.SENDS, step);
  }

  /** Reads what was sent by the phase before, sends nothing. */
  public static Phase reading(String name, Step step) {
    return new Phase(name, EvaluationPoint.MERGED, MailUse.READS, step);
  }

  /** Reads what was sent by the phase before, and answers or sends on. */
  public static Phase relaying(String name, Step step) {
    return new Phase(name, EvaluationPoint.MERGED, MailUse.READS_AND_SENDS, step);
  }
}

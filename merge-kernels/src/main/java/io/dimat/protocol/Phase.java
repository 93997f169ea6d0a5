package io.dimat.protocol;

import java.io.Serializable;

/**
 * A named step that every agent takes; states are committed when all have taken it.
 *
 * @param name short and unique within a round: it names folders and Spark jobs
 * @param point what its evaluations say about the round
 */
public record Phase(String name, EvaluationPoint point, Step step) implements Serializable {
  public Phase {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "a phase name is lower-case letters, digits and dashes, got " + name);
    }
  }

  /** A pure function of its arguments: same state, inbox and context, same result, bit for bit. */
  @FunctionalInterface
  public interface Step extends Serializable {
    /**
     * Runs one agent's part.
     *
     * @param state the agent's state after the previous phase; null in the starting phase
     */
    StepResult run(AgentState state, Inbox inbox, LocalContext context);
  }
}

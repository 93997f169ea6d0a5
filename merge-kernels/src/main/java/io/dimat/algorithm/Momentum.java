package io.dimat.algorithm;

import io.dimat.protocol.AgentState;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;

/**
 * Momentum {@code m <- beta m + g} and the direction a step takes.
 *
 * @param beta in [0, 1); 0 is none
 */
public record Momentum(double beta, Style style) implements Serializable {
  /** No momentum: the direction is the gradient. */
  public static final Momentum NONE = new Momentum(0, Style.HEAVY_BALL);

  /** Name of the buffer in an agent's state. */
  static final String BUFFER = "momentum";

  /**
   * What a gradient has made of the momentum.
   *
   * @param state with the moved buffer; as it was where there is no momentum
   * @param direction of the step, packed
   */
  record Moved(AgentState state, ParamVector direction) {}

  /** Which way a step goes once the buffer has been moved. */
  public enum Style {
    /** {@code d = m}. */
    HEAVY_BALL,
    /** {@code d = g + beta m}. */
    NESTEROV
  }

  public Momentum {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException("momentum is in [0, 1), got " + beta);
    }
  }

  /** {@code beta m + g}. */
  public ParamVector moved(ParamVector buffer, ParamVector gradient) {
    return gradient.plus(beta, buffer);
  }

  /**
   * Where the step goes.
   *
   * @param moved the buffer after {@link #moved}
   */
  public ParamVector direction(ParamVector moved, ParamVector gradient) {
    return style == Style.NESTEROV ? gradient.plus(beta, moved) : moved;
  }

  /** Moves the buffer that an agent's state holds, from zero on. */
  Moved move(AgentState state, ParamVector gradient) {
    if (beta == 0) {
      return new Moved(state, gradient);
    }
    ParamVector held =
        state.has(BUFFER) ? state.vector(BUFFER) : ParamVector.zeros(gradient.layout());
    ParamVector moved = moved(held, gradient);
    return new Moved(state.with(BUFFER, moved), direction(moved, gradient));
  }
}

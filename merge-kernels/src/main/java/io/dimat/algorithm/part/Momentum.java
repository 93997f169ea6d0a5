package io.dimat.algorithm.part;

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
  public static final String BUFFER = "momentum";

  /**
   * What eta is at least when a displacement is divided by it: rates may start at 0. A rate that
   * falls to 0 while agents still differ makes the buffer very large.
   */
  public static final double LEAST_RATE = 1e-8;

  /**
   * What a gradient has made of the momentum.
   *
   * @param state with the moved buffer; as it was where there is no momentum
   * @param direction of the step, packed
   */
  public record Moved(AgentState state, ParamVector direction) {}

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

  /**
   * A buffer that follows the way a model went, its neighbours' part included: quasi-global
   * momentum, {@code mu held + (1 - mu) way / max(eta, 1e-8)}.
   *
   * @param way where the agent was minus where it is
   * @param mu how much of the buffer is kept, in [0, 1]
   * @param rate eta, the step size that the way was gone with, at least 0
   */
  public static ParamVector followed(ParamVector held, ParamVector way, double mu, double rate) {
    return way.times((1 - mu) / Math.max(rate, LEAST_RATE)).plus(mu, held);
  }

  /** Moves the buffer that an agent's state holds, from zero on. */
  public Moved move(AgentState state, ParamVector gradient) {
    if (beta == 0) {
      return new Moved(state, gradient);
    }
    ParamVector held =
        state.has(BUFFER) ? state.vector(BUFFER) : ParamVector.zeros(gradient.layout());
    ParamVector moved = moved(held, gradient);
    return new Moved(state.with(BUFFER, moved), direction(moved, gradient));
  }
}

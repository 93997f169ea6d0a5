package io.dimat.algorithm;

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
}

package io.dimat.algorithm.part;

import io.dimat.protocol.AgentState;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;

/**
 * The moments of AMSGrad as decentralized methods keep them, and the auxiliary variable u that
 * neighbours mix so that all divide by the same (Chen et al., arXiv 2109.03194).
 *
 * <pre>
 * m &lt;- beta1 m + (1 - beta1) g
 * v &lt;- beta2 v + (1 - beta2) g^2
 * w &lt;- max(w, v)                      w = u = initial at the start
 * </pre>
 *
 * @param beta1 in [0, 1)
 * @param beta2 in [0, 1)
 * @param initial of w and u, above 0: the first step divides by its square root, so it should be as
 *     large as squared gradients are
 * @param floor least value of u that a step divides by the root of, above 0
 */
public record Amsgrad(double beta1, double beta2, double initial, double floor)
    implements Serializable {
  static final String FIRST = "first-moment";
  static final String SECOND = "second-moment";
  static final String LARGEST = "largest-moment";

  /** Name of u in state and mail. */
  public static final String AUXILIARY = "auxiliary-moment";

  public Amsgrad {
    if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "AMSGrad needs betas in [0, 1), got %s and %s".formatted(beta1, beta2));
    }
    if (!(initial > 0) || !(floor > 0)) {
      throw new IllegalArgumentException(
          "AMSGrad needs initial moment and floor above 0, got %s and %s"
              .formatted(initial, floor));
    }
  }

  /** The state with m, v and w moved by a gradient. */
  public AgentState moved(AgentState state, ParamVector gradient) {
    ParamVector zeros = ParamVector.zeros(gradient.layout());
    ParamVector first = state.has(FIRST) ? state.vector(FIRST) : zeros;
    ParamVector second = state.has(SECOND) ? state.vector(SECOND) : zeros;
    ParamVector squared = second.zip(gradient, (old, g) -> beta2 * old + (1 - beta2) * g * g);
    return state
        .with(FIRST, first.times(beta1).plus(1 - beta1, gradient))
        .with(SECOND, squared)
        .with(LARGEST, largest(state).zip(squared, Math::max));
  }

  /** w of a state. */
  public ParamVector largest(AgentState state) {
    return started(state, LARGEST);
  }

  /** u of a state. */
  public ParamVector auxiliary(AgentState state) {
    return started(state, AUXILIARY);
  }

  private ParamVector started(AgentState state, String name) {
    return state.has(name)
        ? state.vector(name)
        : ParamVector.zeros(state.model().layout().trainable()).map(zero -> initial);
  }

  /**
   * {@code m / sqrt(max(u, floor))}.
   *
   * @param state that {@link #moved} has returned: before it there is no m
   * @param auxiliary u, mixed or not
   */
  public ParamVector direction(AgentState state, ParamVector auxiliary) {
    return state.vector(FIRST).zip(auxiliary, (m, u) -> m / Math.sqrt(Math.max(u, floor)));
  }
}

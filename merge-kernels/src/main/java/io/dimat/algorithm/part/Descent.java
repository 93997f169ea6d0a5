package io.dimat.algorithm.part;

import io.dimat.protocol.AgentState;
import io.dimat.tensor.ParamVector;

/**
 * One step on an agent's own minibatch, not taken yet.
 *
 * @param state with running statistics and momentum moved, the trainable parameters where they were
 * @param x where the step starts, packed
 * @param direction d that the step goes against, packed
 * @param rate step size eta
 */
public record Descent(AgentState state, ParamVector x, ParamVector direction, double rate) {
  /** {@code -eta d}. */
  public ParamVector step() {
    return direction.times(-rate);
  }

  /** {@code x - eta d}. */
  public ParamVector half() {
    return x.plus(-rate, direction);
  }
}

package io.dimat.algorithm.merging;

import io.dimat.protocol.AgentState;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent of {@link AdaptiveMerging} keeps of its training since the last merge, as scalars
 * of its state: iterations, losses on the probe, and how fast the model moved before earlier
 * merges.
 */
record MergeSignals(MergeTiming timing) implements Serializable {
  /** Name of the trainable parameters at the last merge in the state. */
  static final String MERGED = "merged";

  private static final String INTERVAL = "interval";
  private static final String SINCE = "since-merge";
  private static final String LOSSES = "probe-loss-sum";
  private static final String CALM = "probe-losses";
  private static final String SIGNAL = "signal-";

  /** The state after one more iteration. */
  AgentState iterated(AgentState state) {
    return state.with(SINCE, state.scalar(SINCE, 0) + 1);
  }

  /** Whether the interval is over, or the loss says that the agent forgets. */
  boolean isDue(AgentState state, double loss) {
    boolean late = state.scalar(SINCE, 0) >= state.scalar(INTERVAL, timing.first());
    return late || timing.forgets(loss, state.scalar(LOSSES, 0), (int) state.scalar(CALM, 0));
  }

  /** The state with a loss more of those that later ones are compared with, while it is calm. */
  AgentState heard(AgentState state, double loss) {
    double calm = state.scalar(CALM, 0);
    return calm < timing.calm()
        ? state.with(LOSSES, state.scalar(LOSSES, 0) + loss).with(CALM, calm + 1)
        : state;
  }

  /** The state with the next interval, from how far the model went since the last merge. */
  AgentState retimed(AgentState state) {
    double since = state.scalar(SINCE, 0);
    List<Double> signals = new ArrayList<>();
    for (int k = 0; state.scalars().containsKey(SIGNAL + k); k++) {
      signals.add(state.scalars().get(SIGNAL + k));
    }
    signals.add(length(state.model().trainable().minus(state.vector(MERGED))) / since);
    if (signals.size() > timing.window()) {
      signals.remove(0);
    }
    int interval = timing.next((int) state.scalar(INTERVAL, timing.first()), signals);
    AgentState next = state.with(INTERVAL, (double) interval);
    for (int k = 0; k < signals.size(); k++) {
      next = next.with(SIGNAL + k, signals.get(k));
    }
    return next.without(SINCE).without(LOSSES).without(CALM);
  }

  /** {@code |v|_1}. */
  private static double length(ParamVector vector) {
    double sum = 0;
    for (int i = 0; i < vector.size(); i++) {
      sum += Math.abs(vector.at(i));
    }
    return sum;
  }
}

package io.dimat.algorithm.merging;

import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Requirement;

/** Whose order of hidden units a merged model takes. */
public enum ReferenceBasis {
  /** The merging agent's own: neighbours are permuted, the agent never is. */
  SELF {
    @Override
    int of(LocalContext context) {
      return context.agent();
    }
  },
  /**
   * Agent 0's, for everybody: the official code's shortcut on a fully connected graph. A program
   * that merges so has {@link Requirement#AGENT_0_ADJACENT}.
   */
  AGENT_0 {
    @Override
    int of(LocalContext context) {
      return 0;
    }
  };

  abstract int of(LocalContext context);
}

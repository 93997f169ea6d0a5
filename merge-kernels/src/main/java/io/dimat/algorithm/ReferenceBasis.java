package io.dimat.algorithm;

import io.dimat.protocol.LocalContext;

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
   * Agent 0's, for everybody: the official code's shortcut on a fully connected graph. Every agent
   * must be agent 0's neighbour.
   */
  AGENT_0 {
    @Override
    int of(LocalContext context) {
      return 0;
    }
  };

  abstract int of(LocalContext context);
}

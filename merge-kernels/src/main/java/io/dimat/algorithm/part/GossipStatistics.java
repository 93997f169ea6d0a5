package io.dimat.algorithm.part;

import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.tensor.ParamVector;

/** What gossip does to batch norm's running statistics, which no gradient moves. */
public enum GossipStatistics {
  /** Every agent keeps its own: estimated on its own minibatches. */
  LOCAL {
    @Override
    ParamVector settled(ParamVector own, Inbox inbox, LocalContext context) {
      return own;
    }
  },
  /**
   * They travel with the trainable parameters, uncompressed, and are averaged by the same weights;
   * by all of them, not by a part, where a part is taken only because the parameters are
   * compressed.
   */
  AVERAGE {
    @Override
    ParamVector settled(ParamVector own, Inbox inbox, LocalContext context) {
      return context.mix(own, inbox, STATISTICS);
    }
  };

  /** Name of the vector in state and mail. */
  public static final String STATISTICS = "statistics";

  /** An agent's statistics once it has heard its neighbours'. */
  abstract ParamVector settled(ParamVector own, Inbox inbox, LocalContext context);
}

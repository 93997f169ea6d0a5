package io.dimat.store;

/** Names under which the measurement of a whole round is committed. */
public final class ConsensusPhase {
  /** Phase name. */
  public static final String NAME = "consensus";

  /** Agent number of the consensus model. */
  public static final int AGENT = -1;

  private ConsensusPhase() {}
}

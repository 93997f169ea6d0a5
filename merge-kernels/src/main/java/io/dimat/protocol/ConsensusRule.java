package io.dimat.protocol;

/** Ways to make one model of all agents' models. */
public enum ConsensusRule {
  /** The plain mean: agents share a basis, or are meant to. */
  PLAIN_MEAN,
  /** Every agent aligned to agent 0 on agent 0's probe, averaged, batch norm recalibrated. */
  ALIGNED_MEAN
}

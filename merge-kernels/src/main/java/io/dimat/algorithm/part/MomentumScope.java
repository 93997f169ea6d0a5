package io.dimat.algorithm.part;

/** What a momentum buffer follows. */
public enum MomentumScope {
  /** The agent's own gradients. */
  LOCAL,
  /** Where the agent's model went, exchange included: an estimate of the global direction. */
  QUASI_GLOBAL
}

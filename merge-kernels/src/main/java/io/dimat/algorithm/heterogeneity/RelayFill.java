package io.dimat.algorithm.heterogeneity;

/** What stands for models that have not arrived: all of them at the start, then lost ones. */
public enum RelayFill {
  /** The agent's own half-step model: a lost message leaves the agent nearer to itself. */
  OWN_HALF_STEP,
  /**
   * The model that all agents started from, which each keeps a copy of. Every lost message pulls
   * the agents that miss it back to the start: meant for messages that do arrive.
   */
  COMMON_START
}

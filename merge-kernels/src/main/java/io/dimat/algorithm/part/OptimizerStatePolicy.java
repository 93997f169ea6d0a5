package io.dimat.algorithm.part;

/** What happens to momenta and step counts between rounds. */
public enum OptimizerStatePolicy {
  /** A fresh optimizer every round (what the DIMAT paper's code does). */
  RESET,
  /**
   * Carried on with the agent's state, permuted with it if its basis changes (algorithms 2 and 3).
   */
  KEEP
}

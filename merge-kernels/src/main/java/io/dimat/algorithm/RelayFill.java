package io.dimat.algorithm;

/** What stands for models that have not arrived: all of them at the start, then lost ones. */
public enum RelayFill {
  /** The agent's own half-step model. */
  OWN_HALF_STEP,
  /** The model that all agents started from, which each keeps a copy of. */
  COMMON_START
}

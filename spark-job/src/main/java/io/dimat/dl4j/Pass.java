package io.dimat.dl4j;

/** How batch norm takes part in a forward pass. */
enum Pass {
  /** Running statistics normalise. */
  EVALUATION,
  /** Batch statistics normalise, the running ones stay. */
  FROZEN,
  /** Batch statistics normalise, the running ones move. */
  UPDATED
}

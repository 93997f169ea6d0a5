package io.dimat.algorithm.merging;

/** Whose images a merge learns from; images never travel. */
public enum ProbeReach {
  /** The agent's own probe batch. */
  OWN,
  /**
   * The neighbours' too: each runs the models it holds on its own probe, and sums over images are
   * exchanged and added.
   */
  NEIGHBORHOOD
}

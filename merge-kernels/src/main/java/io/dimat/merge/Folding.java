package io.dimat.merge;

/** In which order several models are brought together. */
public enum Folding {
  /**
   * Every model is matched to the reference, then all are averaged at once (DIMAT): nothing depends
   * on the order of the others.
   */
  JOINT,
  /**
   * Models are folded in one at a time, in ascending order, each matched to the weighted mean of
   * those before it, batch norm re-estimated (the official code's weight matching): the result
   * depends on the order, and every fold costs forward passes of its own.
   */
  SEQUENTIAL
}

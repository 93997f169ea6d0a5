package io.dimat.graph;

/** Which sums of a mixing matrix are 1. */
public enum Stochasticity {
  /** Rows and columns: mixing keeps the plain mean of the agents. */
  DOUBLY,
  /** Rows only: mixing keeps a consensus, but agents count unequally in the limit. */
  ROW,
  /** Columns only: mixing keeps the sum; needs a push-sum weight to reach the mean. */
  COLUMN
}

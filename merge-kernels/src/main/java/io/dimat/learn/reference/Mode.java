package io.dimat.learn.reference;

/** Which statistics batch norm normalises by. */
public enum Mode {
  /** The batch's own mean and biased variance. */
  TRAINING,
  /** The running mean and variance. */
  EVALUATION
}

package io.dimat.source;

/** The two parts in which datasets are published. */
public enum Part {
  TRAIN,
  TEST
}

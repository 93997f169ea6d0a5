package io.dimat.tensor;

/** How finely the values of a vector are stored; sums are always formed in double. */
public enum Precision {
  /** 32 bits: every network. */
  SINGLE(Float.BYTES),
  /** 64 bits: analytic problems, where an identity is to be told from rounding. */
  DOUBLE(Double.BYTES);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one value. */
  public int bytes() {
    return bytes;
  }
}

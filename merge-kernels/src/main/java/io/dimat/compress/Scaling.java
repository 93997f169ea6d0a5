package io.dimat.compress;

/** What a random compressor is scaled for. */
public enum Scaling {
  /** {@code E Q(v) = v}: for plain use, without memory. */
  UNBIASED,
  /** Shrunk so that {@code Q} is a contraction: for error feedback and CHOCO. */
  CONTRACTING
}

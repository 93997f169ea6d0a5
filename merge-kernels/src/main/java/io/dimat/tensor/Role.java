package io.dimat.tensor;

/** What a slice of the flat parameter vector is for. */
public enum Role {
  /** Moved by gradients; gossip, compression and consensus distance see only these. */
  TRAINABLE,
  /** Batch-norm running mean or variance; what happens to it in a merge is an explicit policy. */
  RUNNING_STATISTIC
}

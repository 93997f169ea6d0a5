package io.dimat.learn;

/**
 * What a gradient pass does to batch norm's running statistics. Batch statistics normalise either
 * way.
 */
public enum StatisticsPolicy {
  /** The running statistics stay as they are. */
  FROZEN,
  /** They move towards the batch's statistics by each layer's momentum. */
  UPDATED
}

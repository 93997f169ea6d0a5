package io.dimat.conf;

import java.io.Serializable;

/**
 * The policies of a merge.
 *
 * @param probe whose images are used for matching and recalibration
 * @param probeImages how many of them
 */
public record MergeConfig(
    Probe probe,
    int probeImages,
    BatchNorm batchNorm,
    OptimizerState optimizerState,
    Reference reference)
    implements Serializable {
  /** Whose images make the probe batch. */
  public enum Probe implements Choice {
    OWN,
    /** Every agent's images: not decentralized. */
    UNION
  }

  /** What happens to running statistics. */
  public enum BatchNorm implements Choice {
    RECALIBRATE,
    AVERAGE,
    KEEP
  }

  /** What happens to the optimizer's state. */
  public enum OptimizerState implements Choice {
    RESET,
    KEEP
  }

  /** The basis that neighbours are aligned to. */
  public enum Reference implements Choice {
    SELF,
    AGENT_0
  }

  static MergeConfig of(ConfigValues values) {
    return new MergeConfig(
        values.get(ConfigKeys.MERGE_PROBE),
        values.get(ConfigKeys.MERGE_PROBE_IMAGES),
        values.get(ConfigKeys.MERGE_BATCH_NORM),
        values.get(ConfigKeys.MERGE_OPTIMIZER_STATE),
        values.get(ConfigKeys.MERGE_REFERENCE));
  }
}

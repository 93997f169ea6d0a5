package io.dimat.conf;

import io.dimat.algorithm.OptimizerStatePolicy;
import io.dimat.algorithm.ReferenceBasis;
import io.dimat.merge.BatchNormPolicy;
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
    BatchNormPolicy batchNorm,
    OptimizerStatePolicy optimizerState,
    ReferenceBasis reference)
    implements Serializable {
  /** Whose images make the probe batch. */
  public enum Probe {
    OWN,
    /** Every agent's images: not decentralized. */
    UNION
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

package io.dimat.conf;

import io.dimat.algorithm.OptimizerStatePolicy;
import io.dimat.algorithm.ReferenceBasis;
import io.dimat.align.MatchPoints;
import io.dimat.align.MatchScore;
import io.dimat.merge.BatchNormPolicy;
import io.dimat.merge.Finish;
import io.dimat.merge.Folding;
import io.dimat.merge.Operators;
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
    ReferenceBasis reference,
    MatchPoints matchPoints,
    MatchScore score,
    Folding folding,
    int restarts,
    double regularisation,
    Finish.ScaleCorrection correction)
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
        values.get(ConfigKeys.MERGE_REFERENCE),
        values.get(ConfigKeys.MERGE_MATCH_POINTS),
        values.get(ConfigKeys.MERGE_SCORE),
        values.get(ConfigKeys.MERGE_FOLDING),
        values.get(ConfigKeys.MERGE_RESTARTS),
        values.get(ConfigKeys.MERGE_REGULARISATION),
        values.get(ConfigKeys.MERGE_CORRECTION));
  }

  /**
   * What merge operators are told.
   *
   * @param seed of the run
   */
  public Operators.Options operatorOptions(long seed) {
    return new Operators.Options(matchPoints, score, folding, restarts, regularisation, seed);
  }

  /** What is done to a merged model. */
  public Finish finish() {
    return new Finish(correction, batchNorm);
  }
}

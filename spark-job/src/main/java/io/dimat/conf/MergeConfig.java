package io.dimat.conf;

import io.dimat.algorithm.merging.MergeReach;
import io.dimat.algorithm.merging.ProbeReach;
import io.dimat.algorithm.merging.ReferenceBasis;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.align.UnitZip;
import io.dimat.merge.BatchNormPolicy;
import io.dimat.merge.Finish;
import io.dimat.merge.Operators;
import io.dimat.merge.Operators.Options.Observation;
import io.dimat.merge.Operators.Options.Search;
import io.dimat.merge.Operators.Options.Zipping;
import java.io.Serializable;

/**
 * The policies of a merge.
 *
 * @param probe whose images are used for matching and recalibration
 * @param probeImages how many of them
 * @param options what merge operators are told
 */
public record MergeConfig(
    Probe probe,
    int probeImages,
    BatchNorm batchNorm,
    OptimizerStatePolicy optimizerState,
    ReferenceBasis reference,
    Operators.Options options,
    Finish.ScaleCorrection correction)
    implements Serializable {
  /** Whose images make the probe batch. */
  public enum Probe {
    OWN,
    /** Every agent's images: not decentralized. */
    UNION,
    /** For matching the neighbours' too, by sums that are exchanged; images do not travel. */
    NEIGHBORHOOD
  }

  /** What happens to batch norm's running statistics after a merge. */
  public enum BatchNorm {
    RECALIBRATE(BatchNormPolicy.RECALIBRATE),
    AVERAGE(BatchNormPolicy.AVERAGE),
    KEEP(BatchNormPolicy.KEEP),
    /** Re-estimated by all neighbours, each on its own probe, and pooled; between agents only. */
    NEIGHBORHOOD(BatchNormPolicy.AVERAGE);

    private final BatchNormPolicy local;

    BatchNorm(BatchNormPolicy local) {
      this.local = local;
    }

    /** What an agent does by itself: of the neighbourhood's statistics, what they replace. */
    public BatchNormPolicy local() {
      return local;
    }
  }

  static MergeConfig of(ConfigValues values) {
    return new MergeConfig(
        values.get(MergeKeys.PROBE),
        values.get(MergeKeys.PROBE_IMAGES),
        values.get(MergeKeys.BATCH_NORM),
        values.get(MergeKeys.OPTIMIZER_STATE),
        values.get(MergeKeys.REFERENCE),
        options(values),
        values.get(MergeKeys.CORRECTION));
  }

  private static Operators.Options options(ConfigValues values) {
    return new Operators.Options(
        values.get(MergeKeys.FOLDING),
        new Observation(values.get(MergeKeys.MATCH_POINTS), values.get(MergeKeys.SCORE)),
        new Search(values.get(MergeKeys.RESTARTS), values.get(RunKeys.SEED)),
        values.get(MergeKeys.REGULARISATION),
        new Zipping(
            new UnitZip(values.get(MergeKeys.ZIP_REUSE), values.get(MergeKeys.ZIP_BUDGET)),
            values.get(MergeKeys.ZIP_UNTIL)));
  }

  /** What is done to a merged model. */
  public Finish finish() {
    return new Finish(correction, batchNorm.local());
  }

  /** Whose images a merge between agents learns from, beside what {@code data} serves as probe. */
  public MergeReach reach() {
    return new MergeReach(
        probe == Probe.NEIGHBORHOOD ? ProbeReach.NEIGHBORHOOD : ProbeReach.OWN,
        batchNorm == BatchNorm.NEIGHBORHOOD ? ProbeReach.NEIGHBORHOOD : ProbeReach.OWN);
  }
}

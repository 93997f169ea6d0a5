package io.dimat.merge;

import io.dimat.tensor.ParamVector;
import java.io.Serializable;

/**
 * What is done to a merged model before it is used: scale correction where there is no batch norm,
 * then the batch-norm policy.
 */
public record Finish(ScaleCorrection correction, BatchNormPolicy batchNorm)
    implements Serializable {
  /** What DIMAT does: running statistics are re-estimated, nothing else. */
  public static final Finish RECALIBRATE =
      new Finish(ScaleCorrection.NONE, BatchNormPolicy.RECALIBRATE);

  /** What happens to layers that no batch norm follows. */
  public enum ScaleCorrection {
    /** They stay as they were averaged. */
    NONE {
      @Override
      ParamVector of(MergeInput input, Merged merged) {
        return merged.model();
      }
    },
    /** Their units get back the scale that averaging took: {@link Repair}. */
    REPAIR {
      @Override
      ParamVector of(MergeInput input, Merged merged) {
        return Repair.of(input, merged);
      }
    };

    abstract ParamVector of(MergeInput input, Merged merged);
  }

  /** The finished model; neither argument is modified. */
  public ParamVector of(MergeInput input, Merged merged) {
    return batchNorm.apply(correction.of(input, merged), input.referenceModel(), input.probe());
  }
}

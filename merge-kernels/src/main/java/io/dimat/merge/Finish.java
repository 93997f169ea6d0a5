package io.dimat.merge;

import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.Optional;

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

  /** Why what an operator makes cannot be finished so; empty if it can. */
  public Optional<String> refusal(MergeOperator operator) {
    return operator.changesReference() && batchNorm == BatchNormPolicy.KEEP
        ? Optional.of(
            "merge.batch-norm = keep needs a merge that keeps the reference's units, %s mixes them; choose recalibrate or average"
                .formatted(operator.name()))
        : Optional.empty();
  }

  /** The finished model; neither argument is modified. */
  public ParamVector of(MergeInput input, Merged merged) {
    return batchNorm.apply(correction.of(input, merged), input.referenceModel(), input.probe());
  }
}

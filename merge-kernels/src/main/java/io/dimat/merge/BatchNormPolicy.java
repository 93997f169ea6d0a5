package io.dimat.merge;

import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;

/** What happens to batch norm's running statistics after a merge. */
public enum BatchNormPolicy {
  /** Re-estimated on the probe: the plain mean over its batches (what DIMAT does). */
  RECALIBRATE {
    @Override
    public ParamVector apply(ParamVector merged, ParamVector reference, Probe probe) {
      return probe.network().hasBatchNorm() ? probe.recalibrated(probe.network(), merged) : merged;
    }
  },
  /** The weighted mean of the merged models' statistics, like every other parameter. */
  AVERAGE {
    @Override
    public ParamVector apply(ParamVector merged, ParamVector reference, Probe probe) {
      return merged;
    }
  },
  /** The statistics of the model whose basis the merged one is in. */
  KEEP {
    @Override
    public ParamVector apply(ParamVector merged, ParamVector reference, Probe probe) {
      return merged.withSlicesOf(Role.RUNNING_STATISTIC, reference);
    }
  };

  /**
   * The merged model with its running statistics as this policy wants them.
   *
   * @param merged weighted mean of all slices; not modified
   * @param reference the model whose basis the merged one is in; not modified
   * @param probe what {@link #RECALIBRATE} re-estimates on
   */
  public abstract ParamVector apply(ParamVector merged, ParamVector reference, Probe probe);
}

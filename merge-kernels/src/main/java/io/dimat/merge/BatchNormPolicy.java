package io.dimat.merge;

import io.dimat.learn.BatchSource;
import io.dimat.learn.Learner;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;

/** What happens to batch norm's running statistics after a merge. */
public enum BatchNormPolicy {
  /** Re-estimated on the probe: the plain mean over its batches (what DIMAT does). */
  RECALIBRATE {
    @Override
    public ParamVector apply(
        ParamVector merged, ParamVector reference, Learner learner, BatchSource probe) {
      if (!learner.network().hasBatchNorm()) {
        return merged;
      }
      learner.load(merged);
      learner.recalibrate(probe);
      return learner.store();
    }
  },
  /** The weighted mean of the merged models' statistics, like every other parameter. */
  AVERAGE {
    @Override
    public ParamVector apply(
        ParamVector merged, ParamVector reference, Learner learner, BatchSource probe) {
      return merged;
    }
  },
  /** The statistics of the model whose basis the merged one is in. */
  KEEP {
    @Override
    public ParamVector apply(
        ParamVector merged, ParamVector reference, Learner learner, BatchSource probe) {
      return merged.withSlicesOf(Role.RUNNING_STATISTIC, reference);
    }
  };

  /**
   * The merged model with its running statistics as this policy wants them.
   *
   * @param merged weighted mean of all slices; not modified
   * @param reference the model whose basis the merged one is in; not modified
   * @param learner any parameters; its loaded ones are replaced
   */
  public abstract ParamVector apply(
      ParamVector merged, ParamVector reference, Learner learner, BatchSource probe);
}

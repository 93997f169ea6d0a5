package io.dimat.job;

import io.dimat.partition.LabelSkew;
import io.dimat.protocol.RunPlan;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be said beforehand on whose images a merge should learn from, as far as the study in
 * {@code docs/statistics.md} supports it.
 */
final class StatisticsAdvice {
  private StatisticsAdvice() {}

  /** One line; empty where the study does not apply: without batch norm, or without exchange. */
  static Optional<String> of(RunPlan run, LabelSkew skew) {
    boolean applies =
        run.network().hasBatchNorm() && run.program().bytesPerNeighbor(run.network()) > 0;
    return applies
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "at label skew %.2f the study in docs/statistics.md supports no choice of merge.probe and merge.batch-norm: measure with dimat compare conf/compare-statistics.conf",
                skew.mean()))
        : Optional.empty();
  }
}

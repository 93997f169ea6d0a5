package io.dimat.job;

import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.partition.LabelSkew;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be said beforehand on whose images a merge should learn from, as far as the study in
 * {@code docs/statistics.md} supports it: one network, five agents on a ring, three levels of label
 * skew, both initialisations.
 */
final class StatisticsAdvice {
  /**
   * Mean label skew from which shards count as skewed: the study has seen 0 and, from 0.5 on,
   * skewed ones, and nothing in between.
   */
  static final double SKEWED = 0.25;

  private StatisticsAdvice() {}

  /** One line; empty where the study does not apply: without batch norm, or without merges. */
  static Optional<String> of(JobPlan plan, LabelSkew skew) {
    boolean merges =
        !plan.averagesOnDriver() && Algorithms.operator(plan.config().algorithm()).isPresent();
    if (!merges || !plan.hasBatchNorm()) {
      return Optional.empty();
    }
    boolean common = plan.config().init() == InitPolicy.COMMON;
    String regime =
        String.format(
            Locale.ROOT,
            "at label skew %.2f and from %s docs/statistics.md found ",
            skew.mean(),
            common ? "a common start" : "own starts");
    return Optional.of(regime + (common ? common(skew) : own(skew)));
  }

  private static String common(LabelSkew skew) {
    return skew.mean() < SKEWED
        ? "averaging (algorithm = wa) with merge.batch-norm = recalibrate 2 points above every matching"
        : "averaging (algorithm = wa) with merge.batch-norm = neighborhood 9 to 11 points above every matching";
  }

  private static String own(LabelSkew skew) {
    return skew.mean() < SKEWED
        ? "matching about 2 points above averaging, and own images as good for it as the neighbourhood's"
        : "matching on merge.probe = neighborhood with merge.batch-norm = neighborhood 2 points above matching on own images, and nothing above agents that merge with nobody and re-estimate batch norm: compare with those";
  }
}

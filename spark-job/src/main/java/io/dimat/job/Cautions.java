package io.dimat.job;

import io.dimat.algorithm.part.InitPolicy;
import io.dimat.protocol.ConsensusRule;
import java.util.ArrayList;
import java.util.List;

/** What can be run and is probably not meant: one line each, before a run and in its report. */
final class Cautions {
  private Cautions() {}

  static List<String> of(JobPlan plan) {
    List<String> cautions = new ArrayList<>(UnreadSettings.notes(plan));
    boolean averages = plan.run().program().consensus() == ConsensusRule.PLAIN_MEAN;
    boolean apart = plan.config().init() == InitPolicy.PER_AGENT;
    if (averages && apart && PlannedTraffic.of(plan.run()).total() > 0) {
      cautions.add(
          "init = per-agent: %s averages models as they are, and models that were initialised apart average to chance at first; set init = common, or match them (algorithm = dimat)"
              .formatted(plan.config().algorithm()));
    }
    return cautions;
  }
}

package io.dimat.job;

import io.dimat.protocol.Metric;
import io.dimat.store.ConsensusPhase;
import io.dimat.store.PhaseManifest;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The numbers of one round that a person wants to see while it runs.
 *
 * @param point of the accuracies: trained or merged; empty if none was measured
 * @param meanAccuracy of all agents at the round's last evaluation point
 * @param worstAccuracy of any agent there
 * @param consensusDistance raw, empty if not measured this round
 * @param bytesSent by all agents in this round
 */
record RoundSummary(
    int round,
    String point,
    OptionalDouble meanAccuracy,
    OptionalDouble worstAccuracy,
    OptionalDouble consensusDistance,
    OptionalDouble consensusAccuracy,
    double bytesSent) {

  /** Summary of a round's committed phases, in order. */
  static RoundSummary of(int round, List<PhaseManifest> phases) {
    OptionalDouble mean = OptionalDouble.empty();
    OptionalDouble worst = OptionalDouble.empty();
    OptionalDouble distance = OptionalDouble.empty();
    OptionalDouble accuracy = OptionalDouble.empty();
    double bytes = 0;
    String point = "";
    for (PhaseManifest phase : phases) {
      if (phase.phase().equals(ConsensusPhase.NAME)) {
        distance = values(phase, Metric.CONSENSUS_DISTANCE).findFirst();
        accuracy = values(phase, Metric.CONSENSUS_ACCURACY).findFirst();
      } else {
        bytes += values(phase, Metric.BYTES_SENT).sum();
        OptionalDouble now = values(phase, Metric.TEST_ACCURACY).average();
        mean = now.isPresent() ? now : mean;
        point = now.isPresent() ? phase.point() : point;
        worst = now.isPresent() ? values(phase, Metric.TEST_ACCURACY).min() : worst;
      }
    }
    return new RoundSummary(round, point, mean, worst, distance, accuracy, bytes);
  }

  private static java.util.stream.DoubleStream values(PhaseManifest phase, String metric) {
    return phase.agents().stream()
        .map(entry -> entry.metrics().values().get(metric))
        .filter(java.util.Objects::nonNull)
        .mapToDouble(Double::doubleValue);
  }
}

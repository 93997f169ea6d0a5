package io.dimat.job;

import io.dimat.metrics.MetricsRow;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.GroupMetrics;
import io.dimat.protocol.Metric;
import io.dimat.store.ConsensusPhase;
import io.dimat.store.PhaseManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows of {@code metrics.jsonl}, made from committed manifests and from nothing else, so that they
 * can be made again at any time.
 */
final class RunRows {
  private RunRows() {}

  /** One row per agent, or one for the round, and one per permutation group that was matched. */
  static List<MetricsRow> of(String algorithm, PhaseManifest phase) {
    if (phase.phase().equals(ConsensusPhase.NAME)) {
      SortedMap<String, Double> values = phase.agents().get(0).metrics().values();
      return List.of(
          row(MetricsRow.ROUND, algorithm, phase, OptionalInt.empty(), Optional.empty(), values));
    }
    List<MetricsRow> rows = new ArrayList<>();
    for (PhaseManifest.Entry entry : phase.agents()) {
      rows.add(agent(algorithm, phase, entry));
    }
    groups(phase)
        .forEach(
            (group, values) ->
                rows.add(
                    row(
                        MetricsRow.GROUP,
                        algorithm,
                        phase,
                        OptionalInt.empty(),
                        Optional.of(group),
                        values)));
    return rows;
  }

  private static MetricsRow agent(
      String algorithm, PhaseManifest phase, PhaseManifest.Entry entry) {
    AgentMetrics metrics = entry.metrics();
    return new MetricsRow(
        MetricsRow.AGENT,
        algorithm,
        phase.round(),
        OptionalInt.of(entry.agent()),
        Optional.of(phase.point()),
        Optional.empty(),
        metrics.values(),
        metrics.perClassAccuracy());
  }

  private static MetricsRow row(
      String kind,
      String algorithm,
      PhaseManifest phase,
      OptionalInt agent,
      Optional<String> group,
      SortedMap<String, Double> values) {
    return new MetricsRow(
        kind, algorithm, phase.round(), agent, Optional.empty(), group, values, List.of());
  }

  /**
   * Matching quality per group, averaged over the agents, in the order of the first agent's groups.
   */
  private static java.util.Map<String, SortedMap<String, Double>> groups(PhaseManifest phase) {
    java.util.Map<String, SortedMap<String, Double>> sums = new java.util.LinkedHashMap<>();
    for (PhaseManifest.Entry entry : phase.agents()) {
      for (GroupMetrics group : entry.metrics().groups()) {
        SortedMap<String, Double> values =
            sums.computeIfAbsent(group.group(), g -> new TreeMap<>());
        double share = 1.0 / phase.agents().size();
        values.merge(Metric.MATCH_CORRELATION, group.correlation() * share, Double::sum);
        values.merge(Metric.MATCH_IDENTITY_FRACTION, group.identityFraction() * share, Double::sum);
      }
    }
    return sums;
  }
}

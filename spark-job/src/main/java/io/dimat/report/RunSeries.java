package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.protocol.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A run's metrics rows as series over rounds. What was not measured is absent, never 0. Where both
 * evaluation points of an agent's round carry the same cost, it is counted once.
 */
final class RunSeries {
  private final List<MetricsRow> rows;

  RunSeries(List<MetricsRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /** All rounds that have a row. */
  NavigableSet<Integer> rounds() {
    NavigableSet<Integer> rounds = new TreeSet<>();
    rows.forEach(row -> rounds.add(row.round()));
    return rounds;
  }

  /** The last round that has a row, 0 without rows. */
  int lastRound() {
    return rounds().isEmpty() ? 0 : rounds().last();
  }

  /** A metric of agents at one evaluation point, spread over the agents of each round. */
  NavigableMap<Integer, Spread> acrossAgents(String metric, String point) {
    return spread(metric, row -> isAgent(row) && row.point().equals(Optional.of(point)));
  }

  /** A metric of agents at any point, or of permutation groups where no agent row has it. */
  NavigableMap<Integer, Spread> acrossAgentsOrGroups(String metric) {
    NavigableMap<Integer, Spread> agents = spread(metric, RunSeries::isAgent);
    return agents.isEmpty() ? spread(metric, row -> isKind(row, MetricsRow.GROUP)) : agents;
  }

  /**
   * A metric per permutation group and round, spread over agents; groups in the order of the rows,
   * which is that of the network.
   */
  Map<String, NavigableMap<Integer, Spread>> byGroup(String metric) {
    Map<String, NavigableMap<Integer, Spread>> groups = new LinkedHashMap<>();
    for (MetricsRow row : rows) {
      OptionalDouble value = row.value(metric);
      if (isKind(row, MetricsRow.GROUP) && value.isPresent()) {
        groups
            .computeIfAbsent(row.group().orElseThrow(), group -> new TreeMap<>())
            .merge(
                row.round(), Spread.of(row.agent().orElse(0), value.getAsDouble()), Spread::with);
      }
    }
    return groups;
  }

  /** A metric of whole rounds; the state after the merge wins over the one before it. */
  NavigableMap<Integer, Double> ofRounds(String metric) {
    NavigableMap<Integer, Double> series = new TreeMap<>();
    for (MetricsRow row : rows) {
      OptionalDouble value = row.value(metric);
      if (isKind(row, MetricsRow.ROUND) && value.isPresent()) {
        if (row.point().equals(Optional.of(MetricsRow.TRAINED))) {
          series.putIfAbsent(row.round(), value.getAsDouble());
        } else {
          series.put(row.round(), value.getAsDouble());
        }
      }
    }
    return series;
  }

  /** What each agent spent in each round: round to agent to value. */
  NavigableMap<Integer, SortedMap<Integer, Double>> costs(String metric) {
    NavigableMap<Integer, SortedMap<Integer, Double>> costs = new TreeMap<>();
    for (MetricsRow row : rows) {
      OptionalDouble value = row.value(metric);
      if (isAgent(row) && value.isPresent()) {
        costs
            .computeIfAbsent(row.round(), round -> new TreeMap<>())
            .merge(row.agent().getAsInt(), value.getAsDouble(), Math::max);
      }
    }
    return costs;
  }

  /**
   * Bytes sent by all agents up to and including each round, from the agents' rows or else from the
   * round's; empty if no round knows them.
   */
  NavigableMap<Integer, Double> cumulativeBytes() {
    NavigableMap<Integer, Double> perRound = new TreeMap<>();
    costs(Metric.BYTES_SENT)
        .forEach(
            (round, agents) ->
                perRound.put(
                    round, agents.values().stream().mapToDouble(Double::doubleValue).sum()));
    ofRounds(Metric.BYTES_SENT).forEach(perRound::putIfAbsent);
    NavigableMap<Integer, Double> cumulative = new TreeMap<>();
    double sum = 0;
    for (int round : perRound.isEmpty() ? List.<Integer>of() : rounds()) {
      sum += perRound.getOrDefault(round, 0.0);
      cumulative.put(round, sum);
    }
    return cumulative;
  }

  /**
   * Whether rounds are measured once, at their end, as those of methods that exchange at every
   * iteration: then only the start has a point "trained".
   */
  boolean measuresOnce() {
    NavigableMap<Integer, Spread> merged = acrossAgents(Metric.TEST_ACCURACY, MetricsRow.MERGED);
    NavigableMap<Integer, Spread> trained = acrossAgents(Metric.TEST_ACCURACY, MetricsRow.TRAINED);
    return !merged.isEmpty() && (trained.isEmpty() || trained.lastKey() < merged.firstKey());
  }

  /** The moment of {@link MetricsRow#MERGED}, in words. */
  String mergedWords() {
    return measuresOnce() ? "after the round" : "after the merge";
  }

  /** The accuracies that the headline speaks of: after the merge, else after training. */
  String headlinePoint() {
    return acrossAgents(Metric.TEST_ACCURACY, MetricsRow.MERGED).isEmpty()
        ? MetricsRow.TRAINED
        : MetricsRow.MERGED;
  }

  /** An agent's newest row at that point that has the metric. */
  SortedMap<Integer, MetricsRow> newest(String metric, String point) {
    SortedMap<Integer, MetricsRow> newest = new TreeMap<>();
    for (MetricsRow row : rows) {
      if (isAgent(row) && row.point().equals(Optional.of(point)) && row.value(metric).isPresent()) {
        newest.merge(
            row.agent().getAsInt(), row, (old, next) -> next.round() >= old.round() ? next : old);
      }
    }
    return newest;
  }

  private NavigableMap<Integer, Spread> spread(String metric, Predicate<MetricsRow> wanted) {
    NavigableMap<Integer, Spread> series = new TreeMap<>();
    for (MetricsRow row : rows) {
      OptionalDouble value = row.value(metric);
      if (wanted.test(row) && value.isPresent()) {
        series.merge(
            row.round(), Spread.of(row.agent().orElse(0), value.getAsDouble()), Spread::with);
      }
    }
    return series;
  }

  private static boolean isAgent(MetricsRow row) {
    return isKind(row, MetricsRow.AGENT);
  }

  private static boolean isKind(MetricsRow row, String kind) {
    return row.kind().equals(kind);
  }
}

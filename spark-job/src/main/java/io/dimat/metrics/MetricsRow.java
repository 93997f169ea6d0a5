package io.dimat.metrics;

import io.dimat.protocol.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of {@code metrics.jsonl}. Quantities of a round ({@link Metric#BYTES_SENT}, {@link
 * Metric#IMAGES_TRAINED}, the seconds) are what that round cost, never running totals.
 *
 * @param kind {@link #AGENT}, {@link #ROUND} or {@link #GROUP}
 * @param algorithm name in the registry of algorithms
 * @param round 0 is the state before the first merge
 * @param agent present in every row of kind agent
 * @param point {@link #MERGED} or {@link #TRAINED}, where the row belongs to one evaluation point
 * @param group permutation group, present in every row of kind group
 * @param values metric name to value; a value that is not finite is kept as NaN. Unmodifiable
 * @param perClassAccuracy accuracy of each class in [0, 1], empty where it was not measured
 */
public record MetricsRow(
    String kind,
    String algorithm,
    int round,
    OptionalInt agent,
    Optional<String> point,
    Optional<String> group,
    SortedMap<String, Double> values,
    List<Double> perClassAccuracy) {
  public static final String KIND = "kind";
  public static final String ALGORITHM = "algorithm";
  public static final String ROUND_NUMBER = "round";
  public static final String AGENT_ID = "agent";
  public static final String POINT = "point";
  public static final String GROUP_NAME = "group";
  public static final String PER_CLASS_ACCURACY = "per_class_accuracy";

  /** The row describes one agent in one round. */
  public static final String AGENT = "agent";

  /** The row describes a whole round. */
  public static final String ROUND = "round";

  /** The row describes one permutation group in one round. */
  public static final String GROUP = "group";

  /** Measured after the merge: the paper's number. */
  public static final String MERGED = "merged";

  /** Measured after local training, before the merge. */
  public static final String TRAINED = "trained";

  private static final List<String> KINDS = List.of(AGENT, ROUND, GROUP);
  private static final List<String> POINTS = List.of(MERGED, TRAINED);

  /** Checks the row against its kind and copies the collections. */
  public MetricsRow {
    Objects.requireNonNull(algorithm, ALGORITHM);
    require(KINDS.contains(kind), "kind must be one of " + KINDS + ", got " + kind);
    require(round >= 0, "round must not be negative, got " + round);
    require(agent.isEmpty() || agent.getAsInt() >= 0, "agent must not be negative, got " + agent);
    require(
        point.isEmpty() || POINTS.contains(point.get()),
        "point must be one of " + POINTS + ", got " + point.orElse(""));
    require(
        !kind.equals(AGENT) || agent.isPresent(), "a row of kind agent needs an agent, got none");
    require(
        !kind.equals(GROUP) || group.isPresent(), "a row of kind group needs a group, got none");
    values = finiteOrNan(values);
    perClassAccuracy = List.copyOf(perClassAccuracy);
  }

  /** A row of one agent at one evaluation point. */
  public static MetricsRow agent(
      String algorithm, int round, int agent, String point, Map<String, Double> values) {
    return new MetricsRow(
        AGENT,
        algorithm,
        round,
        OptionalInt.of(agent),
        Optional.of(point),
        Optional.empty(),
        new TreeMap<>(values),
        List.of());
  }

  /** A row of a whole round. */
  public static MetricsRow round(String algorithm, int round, Map<String, Double> values) {
    return new MetricsRow(
        ROUND,
        algorithm,
        round,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(values),
        List.of());
  }

  /** A row of one permutation group as one agent matched it. */
  public static MetricsRow group(
      String algorithm, int round, int agent, String group, Map<String, Double> values) {
    return new MetricsRow(
        GROUP,
        algorithm,
        round,
        OptionalInt.of(agent),
        Optional.empty(),
        Optional.of(group),
        new TreeMap<>(values),
        List.of());
  }

  /** This row with the accuracy of each class. */
  public MetricsRow withPerClassAccuracy(List<Double> accuracies) {
    return new MetricsRow(kind, algorithm, round, agent, point, group, values, accuracies);
  }

  /** The value of that metric, empty if it was not measured or is not finite. */
  public OptionalDouble value(String metric) {
    Double value = values.get(metric);
    return value == null || value.isNaN() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static SortedMap<String, Double> finiteOrNan(SortedMap<String, Double> values) {
    SortedMap<String, Double> copy = new TreeMap<>();
    values.forEach((name, value) -> copy.put(name, Double.isFinite(value) ? value : Double.NaN));
    return Collections.unmodifiableSortedMap(copy);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

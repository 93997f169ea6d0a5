package io.dimat.compare;

import io.dimat.metrics.MetricsRow;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One run, round by round: where it stood, and what it had cost by then. */
public record Curve(List<Point> points) {
  private static final List<String> SECONDS =
      List.of(Metric.SECONDS_TRAIN, Metric.SECONDS_ALIGN, Metric.SECONDS_MERGE);

  public Curve {
    points = List.copyOf(points);
  }

  /**
   * A round. What was not measured in it is NaN; costs are totals since the beginning.
   *
   * @param accuracy of the mean agent, in [0, 1], at the round's last evaluation point
   * @param worst accuracy of the worst agent there
   * @param consensusAccuracy accuracy of the consensus model
   * @param consensusDistance raw
   * @param megabytes sent by all agents together, in 10^6 bytes
   * @param gradients evaluated by all agents together, counted in images
   * @param seconds of training and merging: for every round and kind of work the slowest agent's,
   *     as if agents waited for each other then only; methods that exchange at every iteration wait
   *     more often
   */
  public record Point(
      int round,
      double accuracy,
      double worst,
      double consensusAccuracy,
      double consensusDistance,
      double megabytes,
      double gradients,
      double seconds) {}

  /** The curve of a run, from all its rows in any order. */
  public static Curve of(Collection<MetricsRow> rows) {
    NavigableMap<Integer, List<MetricsRow>> rounds =
        rows.stream()
            .collect(Collectors.groupingBy(MetricsRow::round, TreeMap::new, Collectors.toList()));
    List<Point> points = new ArrayList<>();
    double megabytes = 0;
    double gradients = 0;
    double seconds = 0;
    for (List<MetricsRow> round : rounds.values()) {
      megabytes += sum(round, Metric.BYTES_SENT) / 1e6;
      gradients += gradients(round);
      seconds += slowest(round);
      points.add(point(round, megabytes, gradients, seconds));
    }
    return new Curve(points);
  }

  private static Point point(
      List<MetricsRow> round, double megabytes, double gradients, double seconds) {
    List<MetricsRow> measured = round.stream().filter(row -> accuracy(row).isPresent()).toList();
    List<MetricsRow> merged =
        measured.stream().filter(row -> isAt(row, MetricsRow.MERGED)).toList();
    List<MetricsRow> last = merged.isEmpty() ? measured : merged;
    return new Point(
        round.get(0).round(),
        last.stream().mapToDouble(r -> accuracy(r).getAsDouble()).average().orElse(Double.NaN),
        last.stream().mapToDouble(r -> accuracy(r).getAsDouble()).min().orElse(Double.NaN),
        ofRound(round, Metric.CONSENSUS_ACCURACY),
        ofRound(round, Metric.CONSENSUS_DISTANCE),
        megabytes,
        gradients,
        seconds);
  }

  private static boolean isAt(MetricsRow row, String point) {
    return row.point().equals(Optional.of(point));
  }

  private static OptionalDouble accuracy(MetricsRow row) {
    return row.kind().equals(MetricsRow.AGENT)
        ? row.value(Metric.TEST_ACCURACY)
        : OptionalDouble.empty();
  }

  private static double ofRound(List<MetricsRow> round, String metric) {
    return round.stream()
        .filter(row -> row.kind().equals(MetricsRow.ROUND))
        .flatMapToDouble(row -> row.value(metric).stream())
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double sum(List<MetricsRow> round, String metric) {
    return round.stream()
        .filter(row -> row.kind().equals(MetricsRow.AGENT))
        .flatMapToDouble(row -> row.value(metric).stream())
        .sum();
  }

  /** Gradients as they were counted; where nobody counted, one for every image. */
  private static double gradients(List<MetricsRow> round) {
    return round.stream()
        .filter(row -> row.kind().equals(MetricsRow.AGENT))
        .mapToDouble(
            row ->
                row.value(Metric.GRADIENT_EVALUATIONS)
                    .orElse(row.value(Metric.IMAGES_TRAINED).orElse(0)))
        .sum();
  }

  /** Agents work side by side and wait for each other at the end of each kind of work. */
  private static double slowest(List<MetricsRow> round) {
    return SECONDS.stream()
        .mapToDouble(
            metric ->
                round.stream()
                    .filter(row -> row.kind().equals(MetricsRow.AGENT))
                    .collect(
                        Collectors.groupingBy(
                            row -> row.agent().getAsInt(),
                            TreeMap::new,
                            Collectors.summingDouble(row -> row.value(metric).orElse(0))))
                    .values()
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0))
        .sum();
  }

  /** The newest value of a measure; NaN if it was never measured. */
  public double last(Measure measure) {
    double last = Double.NaN;
    for (Point point : points) {
      double value = measure.of(point);
      last = Double.isNaN(value) ? last : value;
    }
    return last;
  }
}

package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Test accuracy over rounds and over the megabytes that it cost. */
final class AccuracySection implements Section {
  @Override
  public String render(RunDescription run, RunSeries series) {
    NavigableMap<Integer, Spread> merged =
        series.acrossAgents(Metric.TEST_ACCURACY, MetricsRow.MERGED);
    NavigableMap<Integer, Spread> trained =
        series.acrossAgents(Metric.TEST_ACCURACY, MetricsRow.TRAINED);
    if (merged.isEmpty() && trained.isEmpty()) {
      return "";
    }
    return Page.section(
        "Accuracy", overRounds(series, merged, trained), overTraffic(series, merged, trained));
  }

  private static String overRounds(
      RunSeries series,
      NavigableMap<Integer, Spread> merged,
      NavigableMap<Integer, Spread> trained) {
    LineChart chart = new LineChart("test accuracy over rounds", "round", "test accuracy (%)");
    if (series.measuresOnce()) {
      NavigableMap<Integer, Spread> all = new TreeMap<>(trained);
      all.putAll(merged);
      chart.line(series.mergedWords(), 0, points(all));
    } else {
      chart.line(series.mergedWords(), 0, points(merged));
      String training = merged.isEmpty() ? "after training" : "after training, before the merge";
      chart.line(training, 1, points(trained));
    }
    String moments =
        merged.isEmpty() || trained.isEmpty() || series.measuresOnce()
            ? "."
            : "; the two lines are measured at different moments of a round and are never mixed.";
    Scale rounds = Scale.whole(series.rounds().first(), series.rounds().last(), 12);
    return Page.figure(
        "Accuracy over rounds",
        chart.linear(Page.WIDE, 330, rounds),
        "A line is the mean over agents on test images and its band reaches from the worst agent to the best"
            + moments);
  }

  private static String overTraffic(
      RunSeries series,
      NavigableMap<Integer, Spread> merged,
      NavigableMap<Integer, Spread> trained) {
    NavigableMap<Integer, Double> bytes = series.cumulativeBytes();
    if (bytes.isEmpty() || bytes.lastEntry().getValue() <= 0) {
      return "";
    }
    LineChart chart =
        new LineChart(
            "test accuracy over megabytes sent",
            "sent between agents, all together (MB = 1,000,000 bytes)",
            "test accuracy (%)");
    chart.line(series.mergedWords(), 0, against(bytes, merged));
    if (chart.isEmpty()) {
      chart.line("after training", 1, against(bytes, trained));
    }
    if (chart.isEmpty()) {
      return "";
    }
    return Page.figure(
        "Accuracy against traffic",
        chart.linear(Page.WIDE, Page.HEIGHT, Scale.linear(0, chart.maxX(), 8)),
        "Each mark is a round; further left is cheaper and higher is better. Only what agents send "
            + "to each other counts, evaluation and checkpoints do not.");
  }

  private static List<LineChart.Point> points(NavigableMap<Integer, Spread> series) {
    List<LineChart.Point> points = new ArrayList<>();
    series.forEach((round, spread) -> points.add(point(round, spread, "round " + round)));
    return points;
  }

  private static List<LineChart.Point> against(
      NavigableMap<Integer, Double> bytes, NavigableMap<Integer, Spread> series) {
    List<LineChart.Point> points = new ArrayList<>();
    series.forEach(
        (round, spread) -> {
          double sent = bytes.getOrDefault(round, 0.0);
          String where = "round " + round + ", " + Numbers.megabytes(sent);
          points.add(point(sent / 1e6, spread, where));
        });
    return points;
  }

  private static LineChart.Point point(double x, Spread spread, String where) {
    String hint =
        where
            + ": mean "
            + Numbers.percent(spread.mean())
            + ", worst "
            + Numbers.percent(spread.min())
            + ", best "
            + Numbers.percent(spread.max());
    return new LineChart.Point(
        x, 100 * spread.mean(), 100 * spread.min(), 100 * spread.max(), hint);
  }
}

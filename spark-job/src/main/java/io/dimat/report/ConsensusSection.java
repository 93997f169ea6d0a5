package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.DoubleFunction;

/** How far the agents are from each other, and how good their common model is. */
final class ConsensusSection implements Section {
  @Override
  public String render(RunDescription run, RunSeries series) {
    NavigableMap<Integer, Double> distance = series.ofRounds(Metric.CONSENSUS_DISTANCE);
    NavigableMap<Integer, Double> accuracy = series.ofRounds(Metric.CONSENSUS_ACCURACY);
    if (distance.isEmpty() && accuracy.isEmpty()) {
      return "";
    }
    String left = distance.isEmpty() ? "" : distance(series, distance);
    String right = accuracy.isEmpty() ? "" : accuracy(series, accuracy);
    return Page.section("Consensus", Page.pair(left, right));
  }

  private static String distance(RunSeries series, NavigableMap<Integer, Double> values) {
    LineChart chart = new LineChart("consensus distance over rounds", "round", "distance");
    chart.line("as stored", 4, points(values, 1, Numbers::plain));
    NavigableMap<Integer, Double> aligned = series.ofRounds(Metric.CONSENSUS_DISTANCE_ALIGNED);
    if (!aligned.isEmpty()) {
      chart.line("aligned to agent 0", 2, points(aligned, 1, Numbers::plain));
    }
    return Page.figure(
        "Consensus distance",
        chart.logWhereWide(Page.HALF, Page.HEIGHT, rounds(series)),
        "Root mean square distance of the agents' trainable parameters from their mean. As stored, "
            + "agents whose units are in another order are far apart even where they compute the "
            + "same; aligned, that order is taken out.");
  }

  private static String accuracy(RunSeries series, NavigableMap<Integer, Double> values) {
    LineChart chart = new LineChart("consensus accuracy over rounds", "round", "test accuracy (%)");
    chart.line("consensus model", 2, points(values, 100, Numbers::percent));
    List<LineChart.Point> mean = new ArrayList<>();
    String point = series.headlinePoint();
    series
        .acrossAgents(Metric.TEST_ACCURACY, point)
        .forEach(
            (round, spread) -> {
              String hint = "round " + round + ": " + Numbers.percent(spread.mean());
              mean.add(LineChart.Point.of(round, 100 * spread.mean(), hint));
            });
    String moment = point.equals(MetricsRow.MERGED) ? "mean agent, merged" : "mean agent, trained";
    String label = series.measuresOnce() ? "mean agent" : moment;
    chart.line(label, point.equals(MetricsRow.MERGED) ? 0 : 1, mean);
    return Page.figure(
        "Consensus accuracy",
        chart.linear(Page.HALF, Page.HEIGHT, rounds(series)),
        "One model made of all agents, beside the mean of the agents themselves: where it is the "
            + "higher line, the agents agree enough to be averaged.");
  }

  private static Scale rounds(RunSeries series) {
    return Scale.whole(series.rounds().first(), series.rounds().last(), 8);
  }

  private static List<LineChart.Point> points(
      NavigableMap<Integer, Double> values, double factor, DoubleFunction<String> format) {
    List<LineChart.Point> points = new ArrayList<>();
    values.forEach(
        (round, value) ->
            points.add(
                LineChart.Point.of(
                    round, factor * value, "round " + round + ": " + format.apply(value))));
    return points;
  }
}

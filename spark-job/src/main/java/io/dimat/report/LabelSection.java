package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Which images every agent holds, and how well it knows each class in the end. */
final class LabelSection implements Section {
  @Override
  public String render(RunDescription run, RunSeries series) {
    String histogram = histogram(run);
    String accuracy = accuracy(run, series);
    return histogram.isEmpty() && accuracy.isEmpty()
        ? ""
        : Page.section("Data by agent", histogram, accuracy);
  }

  private static String histogram(RunDescription run) {
    List<List<Long>> counts = run.data().labelHistogram();
    if (counts.isEmpty()) {
      return "";
    }
    List<HeatMap.Row> rows = new ArrayList<>();
    for (int agent = 0; agent < counts.size(); agent++) {
      rows.add(new HeatMap.Row(agent, counts.get(agent).stream().map(Long::doubleValue).toList()));
    }
    HeatMap map =
        new HeatMap(
            "training images by agent and class",
            run.data().classes(),
            value -> Numbers.count((long) value));
    return Page.figure(
        "Training images by agent and class",
        map.draw(rows, largest(rows)),
        "A row is one agent's shard; a darker field holds more images, and an empty field is a "
            + "class that the agent never sees.");
  }

  private static String accuracy(RunDescription run, RunSeries series) {
    SortedMap<Integer, MetricsRow> newest =
        series.newest(Metric.TEST_ACCURACY, series.headlinePoint());
    List<HeatMap.Row> rows = new ArrayList<>();
    newest.forEach(
        (agent, row) -> {
          if (!row.perClassAccuracy().isEmpty()) {
            rows.add(new HeatMap.Row(agent, row.perClassAccuracy()));
          }
        });
    if (rows.isEmpty()) {
      return "";
    }
    HeatMap map =
        new HeatMap(
            "final accuracy by agent and class",
            run.data().classes(),
            value -> Double.isFinite(value) ? Math.round(100 * value) + " %" : "–");
    String others =
        series.headlinePoint().equals(MetricsRow.MERGED)
            ? "; read it beside the images above: what an agent knows of a class that it holds no "
                + "images of, it has from others."
            : ".";
    return Page.figure(
        "Final accuracy by agent and class",
        map.draw(rows, 1),
        "Test accuracy of each agent's last model in each class" + others);
  }

  private static double largest(List<HeatMap.Row> rows) {
    return rows.stream()
        .flatMap(row -> row.values().stream())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }
}

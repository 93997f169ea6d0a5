package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which images every agent holds, and how well it knows each class in the end. */
final class LabelSection implements Section {
  private static final int MANY_CLASSES = 12;

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
      List<Double> images = counts.get(agent).stream().map(Long::doubleValue).toList();
      rows.add(new HeatMap.Row("agent " + agent, images));
    }
    HeatMap map =
        new HeatMap(
            "training images by agent and class",
            "class",
            run.data().classes(),
            value -> Numbers.count((long) value));
    return Page.figure(
        "Training images by agent and class",
        map.draw(rows, largest(rows), Page.WIDE),
        "A row is one agent's shard; a darker field holds more images, and an empty field is a "
            + "class that the agent never sees.");
  }

  /** Both moments of the last evaluated round, beside each other where there is room. */
  private static String accuracy(RunDescription run, RunSeries series) {
    List<HeatMap.Row> trained =
        series.measuresOnce() ? List.of() : perClass(series, MetricsRow.TRAINED);
    List<HeatMap.Row> merged = perClass(series, MetricsRow.MERGED);
    boolean both = !trained.isEmpty() && !merged.isEmpty();
    boolean few =
        Stream.concat(trained.stream(), merged.stream())
            .allMatch(row -> row.values().size() <= MANY_CLASSES);
    int width = both && few ? Page.HALF : Page.WIDE;
    String left = accuracy(run, trained, "after training", ".", width);
    String right =
        accuracy(
            run,
            merged,
            series.mergedWords(),
            "; read it beside the images above: what an agent knows of a class that it holds no "
                + "images of, it has from others.",
            width);
    return width == Page.HALF ? Page.pair(left, right) : left + right;
  }

  private static List<HeatMap.Row> perClass(RunSeries series, String point) {
    List<HeatMap.Row> rows = new ArrayList<>();
    series
        .newest(Metric.TEST_ACCURACY, point)
        .forEach(
            (agent, row) -> {
              if (!row.perClassAccuracy().isEmpty()) {
                rows.add(new HeatMap.Row("agent " + agent, row.perClassAccuracy()));
              }
            });
    return rows;
  }

  private static String accuracy(
      RunDescription run, List<HeatMap.Row> rows, String when, String more, int width) {
    if (rows.isEmpty()) {
      return "";
    }
    String title = "Class accuracy " + when + " (%)";
    HeatMap map =
        new HeatMap(
            title,
            "class",
            run.data().classes(),
            value -> Double.isFinite(value) ? Long.toString(Math.round(100 * value)) : "–");
    return Page.figure(
        title,
        map.draw(rows, 1, width),
        "Test accuracy of each agent's last model " + when + ", in each class" + more);
  }

  private static double largest(List<HeatMap.Row> rows) {
    return rows.stream()
        .flatMap(row -> row.values().stream())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }
}

package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleFunction;

/** The last numbers of every agent; a column that nobody measured is left out. */
final class AgentTableSection implements Section {
  @Override
  public String render(RunDescription run, RunSeries series) {
    Map<String, SortedMap<Integer, String>> columns = new LinkedHashMap<>();
    columns.put("training images", images(run));
    if (!series.measuresOnce()) {
      columns.put(
          "accuracy after training",
          newest(series, Metric.TEST_ACCURACY, MetricsRow.TRAINED, Numbers::percent));
    }
    columns.put(
        "accuracy " + series.mergedWords(),
        newest(series, Metric.TEST_ACCURACY, MetricsRow.MERGED, Numbers::percent));
    columns.put(
        "test loss", newest(series, Metric.TEST_LOSS, series.headlinePoint(), Numbers::plain));
    columns.put("sent in all", totals(series, Metric.BYTES_SENT, Numbers::megabytes));
    columns.put("training in all", totals(series, Metric.SECONDS_TRAIN, Numbers::duration));
    columns.values().removeIf(Map::isEmpty);
    return columns.isEmpty() ? "" : Page.section("Agents in the end", table(columns));
  }

  private static String table(Map<String, SortedMap<Integer, String>> columns) {
    SortedSet<Integer> agents = new TreeSet<>();
    columns.values().forEach(column -> agents.addAll(column.keySet()));
    Markup html = new Markup();
    html.open("div", "class", "wide").open("table").open("thead").open("tr");
    html.leaf("th", "agent", "scope", "col");
    columns.keySet().forEach(name -> html.leaf("th", name, "scope", "col"));
    html.close("tr").close("thead").open("tbody");
    for (int agent : agents) {
      html.open("tr").leaf("th", Integer.toString(agent), "scope", "row");
      columns.values().forEach(column -> html.leaf("td", column.getOrDefault(agent, "–")));
      html.close("tr");
    }
    return html.close("tbody").close("table").close("div").toString();
  }

  private static SortedMap<Integer, String> images(RunDescription run) {
    SortedMap<Integer, String> images = new TreeMap<>();
    for (List<Long> counts : run.data().labelHistogram()) {
      long sum = counts.stream().mapToLong(Long::longValue).sum();
      images.put(images.size(), Numbers.count(sum));
    }
    return images;
  }

  private static SortedMap<Integer, String> newest(
      RunSeries series, String metric, String point, DoubleFunction<String> format) {
    SortedMap<Integer, String> texts = new TreeMap<>();
    series
        .newest(metric, point)
        .forEach((agent, row) -> texts.put(agent, format.apply(row.values().get(metric))));
    return texts;
  }

  private static SortedMap<Integer, String> totals(
      RunSeries series, String metric, DoubleFunction<String> format) {
    SortedMap<Integer, Double> totals = new TreeMap<>();
    for (SortedMap<Integer, Double> agents : series.costs(metric).values()) {
      agents.forEach((agent, cost) -> totals.merge(agent, cost, Double::sum));
    }
    SortedMap<Integer, String> texts = new TreeMap<>();
    totals.forEach((agent, total) -> texts.put(agent, format.apply(total)));
    return texts;
  }
}

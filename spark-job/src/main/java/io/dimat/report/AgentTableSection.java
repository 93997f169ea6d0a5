package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last numbers of every agent. */
final class AgentTableSection implements Section {
  @Override
  public String render(RunDescription run, RunSeries series) {
    SortedMap<Integer, MetricsRow> merged =
        series.newest(MetricsRow.TEST_ACCURACY, MetricsRow.MERGED);
    SortedMap<Integer, MetricsRow> trained =
        series.newest(MetricsRow.TEST_ACCURACY, MetricsRow.TRAINED);
    SortedMap<Integer, Double> bytes = totals(series, MetricsRow.BYTES_SENT);
    SortedMap<Integer, Double> seconds = totals(series, MetricsRow.SECONDS_TRAIN);
    SortedSet<Integer> agents = new TreeSet<>(merged.keySet());
    agents.addAll(trained.keySet());
    if (agents.isEmpty()) {
      return "";
    }
    Markup html = new Markup();
    html.open("div", "class", "wide").open("table").open("thead").open("tr");
    List.of(
            "agent",
            "training images",
            "accuracy after training",
            "accuracy after the merge",
            "test loss after the merge",
            "sent in all",
            "training in all")
        .forEach(column -> html.leaf("th", column, "scope", "col"));
    html.close("tr").close("thead").open("tbody");
    for (int agent : agents) {
      html.open("tr").leaf("th", Integer.toString(agent), "scope", "row");
      cell(html, images(run, agent));
      cell(html, value(trained.get(agent), MetricsRow.TEST_ACCURACY, Numbers::percent));
      cell(html, value(merged.get(agent), MetricsRow.TEST_ACCURACY, Numbers::percent));
      cell(html, value(merged.get(agent), MetricsRow.TEST_LOSS, Numbers::plain));
      cell(html, bytes.containsKey(agent) ? Numbers.megabytes(bytes.get(agent)) : "–");
      cell(html, seconds.containsKey(agent) ? Numbers.duration(seconds.get(agent)) : "–");
      html.close("tr");
    }
    html.close("tbody").close("table").close("div");
    return Page.section("Agents in the end", html.toString());
  }

  private static void cell(Markup html, String text) {
    html.leaf("td", text);
  }

  private static String value(
      MetricsRow row, String metric, java.util.function.DoubleFunction<String> format) {
    OptionalDouble value = row == null ? OptionalDouble.empty() : row.value(metric);
    return value.isPresent() ? format.apply(value.getAsDouble()) : "–";
  }

  private static String images(RunDescription run, int agent) {
    List<List<Long>> counts = run.data().labelHistogram();
    return agent < counts.size()
        ? Numbers.count(counts.get(agent).stream().mapToLong(Long::longValue).sum())
        : "–";
  }

  private static SortedMap<Integer, Double> totals(RunSeries series, String metric) {
    SortedMap<Integer, Double> totals = new TreeMap<>();
    series
        .costs(metric)
        .values()
        .forEach(agents -> agents.forEach((agent, cost) -> totals.merge(agent, cost, Double::sum)));
    return totals;
  }
}

package io.dimat.report;

import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;

/** How well the units of neighbours were matched, by round and by permutation group. */
final class MatchingSection implements Section {
  @Override
  public String render(RunDescription run, RunSeries series) {
    NavigableMap<Integer, Spread> correlation =
        series.acrossAgentsOrGroups(Metric.MATCH_CORRELATION);
    NavigableMap<Integer, Spread> identity =
        series.acrossAgentsOrGroups(Metric.MATCH_IDENTITY_FRACTION);
    if (correlation.isEmpty() && identity.isEmpty()) {
      return "";
    }
    String left =
        figure(
            "Correlation of matched units",
            "correlation",
            4,
            correlation,
            series,
            "Mean correlation of the activations of matched units, 1 is a perfect match; the band "
                + "reaches from the worst agent to the best.");
    String right =
        figure(
            "Units matched to themselves",
            "fraction of units",
            5,
            identity,
            series,
            "Share of units that keep their place: 0 means that everything was reordered, 1 that "
                + "the neighbours already share one order.");
    return Page.section("Matching quality", Page.pair(left, right), groups(series));
  }

  private static String figure(
      String title,
      String unit,
      int tone,
      NavigableMap<Integer, Spread> values,
      RunSeries series,
      String howToRead) {
    if (values.isEmpty()) {
      return "";
    }
    List<LineChart.Point> points = new ArrayList<>();
    values.forEach(
        (round, s) ->
            points.add(
                new LineChart.Point(
                    round, s.mean(), s.min(), s.max(), "round " + round + ": " + range(s))));
    LineChart chart = new LineChart(title, "round", unit);
    chart.line("mean over agents", tone, points);
    Scale rounds = Scale.whole(series.rounds().first(), series.rounds().last(), 8);
    return Page.figure(title, chart.fraction(Page.HALF, Page.HEIGHT, rounds), howToRead);
  }

  private static String groups(RunSeries series) {
    int round = series.lastRound();
    SortedMap<String, Spread> correlation = series.byGroup(Metric.MATCH_CORRELATION, round);
    SortedMap<String, Spread> identity = series.byGroup(Metric.MATCH_IDENTITY_FRACTION, round);
    if (correlation.isEmpty()) {
      return "";
    }
    Markup html = new Markup();
    html.open("details").leaf("summary", "By permutation group, round " + round);
    html.open("table").open("thead").open("tr").leaf("th", "permutation group");
    html.leaf("th", "correlation").leaf("th", "matched to themselves");
    html.close("tr").close("thead").open("tbody");
    correlation.forEach(
        (group, spread) -> {
          Spread same = identity.get(group);
          html.open("tr").leaf("th", group, "scope", "row").leaf("td", range(spread));
          html.leaf("td", same == null ? "–" : range(same)).close("tr");
        });
    return html.close("tbody").close("table").close("details").toString();
  }

  private static String range(Spread s) {
    String mean = Numbers.weight(s.mean());
    return s.count() == 1
        ? mean
        : mean + " (" + Numbers.weight(s.min()) + " to " + Numbers.weight(s.max()) + ")";
  }
}

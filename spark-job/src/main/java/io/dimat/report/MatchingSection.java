package io.dimat.report;

import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** How well the units of neighbours were matched, by round and by permutation group. */
final class MatchingSection implements Section {
  private static final int MOST_ROUNDS = 200;

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

  private static String groups(RunSeries series) {
    var correlation = series.byGroup(Metric.MATCH_CORRELATION);
    var identity = series.byGroup(Metric.MATCH_IDENTITY_FRACTION);
    return groupMap(
            "Correlation of matched units by permutation group and round",
            correlation,
            "Mean over agents. A row is a permutation group, from the input to the output of the "
                + "network; a pale one does not find its counterparts.")
        + groupMap(
            "Units matched to themselves by permutation group and round",
            identity,
            "Share of units that keep their place, mean over agents: dark once a group has one "
                + "order everywhere.")
        + table(series.lastRound(), correlation, identity);
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

  /** One map per metric, with at most {@link #MOST_ROUNDS} rounds, evenly spaced. */
  private static String groupMap(
      String title, Map<String, NavigableMap<Integer, Spread>> groups, String howToRead) {
    NavigableSet<Integer> all = new TreeSet<>();
    groups.values().forEach(series -> all.addAll(series.keySet()));
    if (all.isEmpty()) {
      return "";
    }
    List<Integer> rounds = thinned(new ArrayList<>(all));
    List<HeatMap.Row> rows = new ArrayList<>();
    groups.forEach(
        (group, series) ->
            rows.add(
                new HeatMap.Row(group, rounds.stream().map(r -> mean(series.get(r))).toList())));
    List<String> columns = rounds.stream().map(r -> Integer.toString(r)).toList();
    HeatMap map = new HeatMap(title, "round", columns, Numbers::hundredths);
    return Page.figure(title, map.draw(rows, 1, Page.WIDE), howToRead);
  }

  private static List<Integer> thinned(List<Integer> rounds) {
    int every = (rounds.size() + MOST_ROUNDS - 1) / MOST_ROUNDS;
    return IntStream.range(0, rounds.size())
        .filter(i -> i % every == 0)
        .mapToObj(rounds::get)
        .toList();
  }

  private static double mean(Spread spread) {
    return spread == null ? Double.NaN : spread.mean();
  }

  private static String table(
      int round,
      Map<String, NavigableMap<Integer, Spread>> correlation,
      Map<String, NavigableMap<Integer, Spread>> identity) {
    if (correlation.values().stream().noneMatch(series -> series.containsKey(round))) {
      return "";
    }
    Markup html = new Markup();
    html.open("details").leaf("summary", "By permutation group, round " + round);
    html.open("table").open("thead").open("tr").leaf("th", "permutation group");
    html.leaf("th", "correlation").leaf("th", "matched to themselves");
    html.close("tr").close("thead").open("tbody");
    correlation.forEach(
        (group, series) -> {
          Spread same = identity.getOrDefault(group, new TreeMap<>()).get(round);
          html.open("tr").leaf("th", group, "scope", "row");
          html.leaf("td", range(series.get(round))).leaf("td", range(same)).close("tr");
        });
    return html.close("tbody").close("table").close("details").toString();
  }

  private static String range(Spread s) {
    if (s == null) {
      return "–";
    }
    String mean = Numbers.weight(s.mean());
    return s.count() == 1
        ? mean
        : mean + " (" + Numbers.weight(s.min()) + " to " + Numbers.weight(s.max()) + ")";
  }
}

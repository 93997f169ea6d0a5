package io.dimat.report;

import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Where the seconds went. */
final class TimeSection implements Section {
  private static final Map<String, String> PHASES = new LinkedHashMap<>();

  static {
    PHASES.put(Metric.SECONDS_TRAIN, "train");
    PHASES.put(Metric.SECONDS_ALIGN, "align");
    PHASES.put(Metric.SECONDS_MERGE, "merge");
    PHASES.put(Metric.SECONDS_EVALUATE, "evaluate");
  }

  @Override
  public String render(RunDescription run, RunSeries series) {
    List<NavigableMap<Integer, Double>> phases =
        PHASES.keySet().stream().map(metric -> perRound(series, metric)).toList();
    List<StackedBars.Bar> bars = new ArrayList<>();
    for (int round : series.rounds()) {
      List<Double> values = phases.stream().map(phase -> phase.getOrDefault(round, 0.0)).toList();
      bars.add(new StackedBars.Bar(round, values));
    }
    if (bars.stream().mapToDouble(StackedBars.Bar::sum).sum() <= 0) {
      return "";
    }
    StackedBars chart =
        new StackedBars("seconds per phase", "seconds per agent", List.copyOf(PHASES.values()));
    return Page.section(
        "Time",
        Page.figure(
            "Time per phase",
            chart.draw(Page.WIDE, Page.HEIGHT, bars),
            "Seconds that a phase took in one round, as a mean over agents; agents that run at the "
                + "same time share the wall clock, so that a round may be shorter than all agents "
                + "in a row."));
  }

  private static NavigableMap<Integer, Double> perRound(RunSeries series, String metric) {
    NavigableMap<Integer, Double> means = new TreeMap<>(series.ofRounds(metric));
    series
        .costs(metric)
        .forEach(
            (round, agents) ->
                means.put(
                    round,
                    agents.values().stream().mapToDouble(Double::doubleValue).average().orElse(0)));
    return means;
  }
}

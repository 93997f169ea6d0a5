package io.dimat.report;

import io.dimat.compare.Comparison;
import io.dimat.compare.Comparison.Cell;
import io.dimat.compare.Comparison.Role;
import io.dimat.compare.Comparison.Row;
import io.dimat.compare.Comparison.Status;
import io.dimat.compare.Curve;
import io.dimat.compare.Estimate;
import io.dimat.compare.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Lines over rounds and over what was spent, for one setting of a comparison. */
final class ComparisonCharts {
  private static final int SMALL_WIDTH = 270;
  private static final int SMALL_HEIGHT = 180;

  private final Comparison comparison;
  private final String setting;
  private final ComparisonTones tones;

  ComparisonCharts(Comparison comparison, String setting, ComparisonTones tones) {
    this.comparison = comparison;
    this.setting = setting;
    this.tones = tones;
  }

  /** What accuracy is drawn against. */
  private enum Against {
    ROUNDS("rounds", "round") {
      @Override
      double of(Curve.Point point) {
        return point.round();
      }
    },
    MEGABYTES("megabytes sent", "sent by all agents together (MB = 1,000,000 bytes)") {
      @Override
      double of(Curve.Point point) {
        return point.megabytes();
      }
    },
    GRADIENTS("gradient evaluations", "gradients of all agents, in thousand images") {
      @Override
      double of(Curve.Point point) {
        return point.gradients() / 1000;
      }
    },
    SECONDS("seconds", "seconds of the slowest agent, without evaluation") {
      @Override
      double of(Curve.Point point) {
        return point.seconds();
      }
    };

    private final String words;
    private final String label;

    Against(String words, String label) {
      this.words = words;
      this.label = label;
    }

    abstract double of(Curve.Point point);
  }

  String draw() {
    StringBuilder html = new StringBuilder();
    for (Against against : Against.values()) {
      html.append(accuracy(against));
    }
    return html.append(distance()).toString();
  }

  private String accuracy(Against against) {
    LineChart chart =
        new LineChart(
            "accuracy against " + against.words, against.label, "mean agent accuracy (%)");
    for (Row row : tones.drawn()) {
      chart.line(
          row.algorithm(), tones.of(row), points(row, against::of, Measure.ACCURACY, 100, against));
    }
    if (chart.isEmpty() || !(chart.maxX() > 0)) {
      return "";
    }
    String caption =
        switch (against) {
          case ROUNDS -> "Mean over agents and seeds. Controls are grey. " + left();
          case MEGABYTES ->
              "Further left is cheaper. What never communicates is not drawn: it costs nothing.";
          case GRADIENTS ->
              "Every algorithm has the same budget; a step of several gradients counts several times.";
          case SECONDS ->
              "On this machine, this engine and this network only. Agents are taken to wait for each other once a round and kind of work: methods that wait at every iteration take longer than is drawn.";
        };
    return Page.figure(
        "Accuracy against " + against.words,
        chart.linear(Page.WIDE, 330, axis(chart, against)),
        caption);
  }

  private String left() {
    return tones.left() == 0
        ? ""
        : "The best %d algorithms are drawn; the other %d are in the table and in the small charts below."
            .formatted(ComparisonTones.MOST, tones.left());
  }

  private static Scale axis(LineChart chart, Against against) {
    if (against == Against.ROUNDS) {
      return Scale.whole(0, chart.maxX(), 12);
    }
    double least = chart.minPositiveX();
    boolean wide = against == Against.MEGABYTES && chart.maxX() > 100 * least;
    return wide ? Scale.log(least, chart.maxX()) : Scale.linear(0, chart.maxX(), 8);
  }

  private String distance() {
    LineChart chart =
        new LineChart("consensus distance over rounds", "round", "consensus distance");
    for (Row row : tones.drawn()) {
      chart.line(
          row.algorithm(),
          tones.of(row),
          points(row, Curve.Point::round, Measure.CONSENSUS_DISTANCE, 1, Against.ROUNDS));
    }
    return chart.isEmpty()
        ? ""
        : Page.figure(
            "Consensus distance",
            chart.logWhereWide(Page.WIDE, Page.HEIGHT, Scale.whole(0, chart.maxX(), 12)),
            "Root mean square distance of the agents' parameters from their mean, as stored.");
  }

  /** One small chart for each algorithm, beside the controls; empty if all are drawn together. */
  String smallMultiples() {
    if (tones.left() == 0) {
      return "";
    }
    Markup html = new Markup();
    html.leaf("h3", "Every algorithm by itself").open("div", "class", "small");
    double rounds =
        comparison.in(setting).stream().mapToDouble(ComparisonCharts::lastRound).max().orElse(1);
    for (Row row : comparison.ranked(setting, Measure.ACCURACY)) {
      if (row.role() == Role.ALGORITHM && row.estimate(Measure.ACCURACY).count() > 0) {
        html.open("figure").leaf("h4", row.algorithm()).add(small(row, rounds)).close("figure");
      }
    }
    return html.close("div").toString();
  }

  private String small(Row row, double rounds) {
    LineChart chart = new LineChart(row.algorithm(), "round", "%");
    for (Row control : tones.drawn()) {
      if (control.role() == Role.CONTROL) {
        chart.line(control.algorithm(), tones.of(control), overRounds(control));
      }
    }
    chart.line(row.algorithm(), 0, overRounds(row));
    return chart.fractionOf(100, SMALL_WIDTH, SMALL_HEIGHT, Scale.whole(0, rounds, 4));
  }

  private static double lastRound(Row row) {
    return row.cells().values().stream()
        .flatMap(cell -> cell.curve().points().stream())
        .mapToDouble(Curve.Point::round)
        .max()
        .orElse(0);
  }

  private static List<LineChart.Point> overRounds(Row row) {
    return points(row, Curve.Point::round, Measure.ACCURACY, 100, Against.ROUNDS);
  }

  /** Means over the seeds that ended; rounds in which one of them was not measured are left out. */
  private static List<LineChart.Point> points(
      Row row, ToDoubleFunction<Curve.Point> x, Measure measure, double factor, Against against) {
    NavigableMap<Integer, List<Curve.Point>> rounds = new TreeMap<>();
    List<Cell> done =
        row.cells().values().stream().filter(cell -> cell.status() == Status.DONE).toList();
    for (Cell cell : done) {
      for (Curve.Point point : cell.curve().points()) {
        if (Double.isFinite(measure.of(point))) {
          rounds.computeIfAbsent(point.round(), round -> new ArrayList<>()).add(point);
        }
      }
    }
    List<LineChart.Point> points = new ArrayList<>();
    rounds.forEach(
        (round, at) -> {
          double where = at.stream().mapToDouble(x).average().orElseThrow();
          boolean drawn = against == Against.ROUNDS || where > 0;
          if (at.size() == done.size() && drawn) {
            Estimate y = Estimate.of(at.stream().map(measure::of).toList());
            String hint = "%s, round %d: %s".formatted(row.algorithm(), round, measure.shown(y));
            points.add(LineChart.Point.of(where, factor * y.mean(), hint));
          }
        });
    return points;
  }
}

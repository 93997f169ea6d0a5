package io.dimat.report;

import io.dimat.merge.report.InterpolationLine;
import io.dimat.merge.report.InterpolationLine.Treatment;
import io.dimat.merge.report.MergeReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loss on the way from the reference to each parent, and the barrier on it. */
final class MergeLinesSection implements MergeSection {
  /** Even ones have round marks, odd ones square marks: aligned and not aligned. */
  private static final Map<Treatment, Integer> TONES =
      new EnumMap<>(
          Map.of(
              Treatment.AS_IT_IS, 1,
              Treatment.AS_IT_IS_FINISHED, 3,
              Treatment.ALIGNED, 0,
              Treatment.ALIGNED_FINISHED, 2));

  @Override
  public String render(MergeReport merge) {
    if (merge.lines().isEmpty()) {
      return "";
    }
    Map<String, Map<Treatment, InterpolationLine>> parents = new LinkedHashMap<>();
    for (InterpolationLine line : merge.lines()) {
      parents
          .computeIfAbsent(line.parent(), parent -> new EnumMap<>(Treatment.class))
          .put(line.treatment(), line);
    }
    int width = parents.size() == 1 ? Page.WIDE : Page.HALF;
    List<String> figures = new ArrayList<>();
    parents.forEach((parent, lines) -> figures.add(figure(parent, lines, width)));
    return Page.section(
        "Loss along the line", Page.pair(figures.toArray(String[]::new)), barriers(parents));
  }

  private static String figure(String parent, Map<Treatment, InterpolationLine> lines, int width) {
    String title = "From the reference to " + parent;
    LineChart chart =
        new LineChart(title, "share of " + parent + " (0 is the reference)", "loss (nats)");
    List<String> gaps = new ArrayList<>();
    lines.forEach(
        (treatment, line) -> {
          chart.line(treatment.label(), TONES.get(treatment), points(line));
          gaps.addAll(gaps(line));
        });
    String drawing =
        chart.isEmpty() ? "" : chart.logWhereWide(width, Page.HEIGHT, Scale.linear(0, 1, 5));
    String missing = gaps.isEmpty() ? "" : " Not drawn: " + String.join("; ", gaps) + ".";
    return Page.figure(
        title,
        drawing,
        "Loss of the models on the straight line between the two; a hump is a barrier." + missing);
  }

  private static List<LineChart.Point> points(InterpolationLine line) {
    List<LineChart.Point> points = new ArrayList<>();
    for (int i = 0; i < line.lambdas().size(); i++) {
      double lambda = line.lambdas().get(i);
      double loss = line.losses().get(i);
      String hint = Numbers.weight(lambda) + ": loss " + Numbers.nats(loss);
      points.add(LineChart.Point.of(lambda, loss, line.treatment().label() + ", " + hint));
    }
    return points;
  }

  private static List<String> gaps(InterpolationLine line) {
    List<String> gaps = new ArrayList<>();
    for (int i = 0; i < line.lambdas().size(); i++) {
      double loss = line.losses().get(i);
      if (!Double.isFinite(loss)) {
        gaps.add(
            "%s at %s, loss %s"
                .formatted(
                    line.treatment().label(),
                    Numbers.weight(line.lambdas().get(i)),
                    Numbers.nats(loss)));
      }
    }
    return gaps;
  }

  private static String barriers(Map<String, Map<Treatment, InterpolationLine>> parents) {
    List<String> columns = new ArrayList<>(List.of("barrier from the reference to"));
    List.of(Treatment.values()).forEach(treatment -> columns.add(treatment.label()));
    DataTable table = new DataTable(columns);
    parents.forEach(
        (parent, lines) -> {
          List<String> cells = new ArrayList<>(List.of(parent));
          for (Treatment treatment : Treatment.values()) {
            cells.add(
                lines.containsKey(treatment) ? Numbers.nats(lines.get(treatment).barrier()) : "");
          }
          table.row(cells);
        });
    return Page.figure(
        "Loss barrier",
        table.draw(),
        "In nats: how far the loss rises above a straight line between the losses of the two ends. "
            + "0 means that the models can be averaged at no loss; matching is good where it brings "
            + "the barrier down.");
  }
}

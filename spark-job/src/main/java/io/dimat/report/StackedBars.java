package io.dimat.report;

import java.util.List;
import java.util.Locale;

/** One bar per round, its parts stacked in a fixed order, as SVG. */
final class StackedBars {
  private final String name;
  private final String yLabel;
  private final List<String> parts;

  /**
   * An empty chart.
   *
   * @param parts names of the parts, lowest first; part k has the palette's colour k
   */
  StackedBars(String name, String yLabel, List<String> parts) {
    this.name = name;
    this.yLabel = yLabel;
    this.parts = List.copyOf(parts);
  }

  /** A round and the value of each part, in the order of the parts. */
  record Bar(int round, List<Double> values) {
    double sum() {
      return values.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /** The legend (HTML) and the drawing. */
  String draw(int width, int height, List<Bar> bars) {
    int first = bars.get(0).round;
    int last = bars.get(bars.size() - 1).round;
    double top = bars.stream().mapToDouble(Bar::sum).max().orElse(1);
    Scale x = new Scale.Linear(first - 0.6, last + 0.6, Math.max(1, (last - first) / 12 + 1));
    Frame frame = new Frame(width, height, x, Scale.linear(0, Math.max(top, 1e-3), 5));
    Markup svg = frame.draw(name, "round", yLabel);
    double half = Math.min(22, 0.38 * (frame.px(first + 1) - frame.px(first)));
    for (Bar bar : bars) {
      draw(svg, frame, bar, half);
    }
    svg.close("svg");
    return legend() + svg;
  }

  private void draw(Markup svg, Frame frame, Bar bar, double half) {
    double from = 0;
    for (int k = 0; k < parts.size(); k++) {
      double to = from + bar.values.get(k);
      svg.open(
          "rect",
          "class",
          "mark tone-" + k,
          "x",
          Markup.at(frame.px(bar.round) - half),
          "y",
          Markup.at(frame.py(to)),
          "width",
          Markup.at(2 * half),
          "height",
          Markup.at(frame.py(from) - frame.py(to)));
      String seconds = String.format(Locale.ROOT, "%.2f s", bar.values.get(k));
      svg.leaf("title", "round " + bar.round + ", " + parts.get(k) + ": " + seconds).close("rect");
      from = to;
    }
  }

  private String legend() {
    Markup html = new Markup();
    html.open("div", "class", "legend");
    for (int k = 0; k < parts.size(); k++) {
      html.open("span", "class", "key");
      html.open("svg", "width", "14", "height", "12", "aria-hidden", "true");
      html.leaf("rect", "", "class", "mark tone-" + k, "y", "1", "width", "11", "height", "10");
      html.close("svg").write(parts.get(k)).close("span");
    }
    return html.close("div").add("").toString();
  }
}

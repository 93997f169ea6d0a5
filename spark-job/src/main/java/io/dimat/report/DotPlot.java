package io.dimat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Values with intervals, one line each from the top, over a common axis, as SVG. */
final class DotPlot {
  private static final double LETTER = 6.6;
  private static final int RIGHT = 118;
  private static final int TOP = 6;
  private static final int LINE = 22;

  private final String name;
  private final String label;
  private final List<Dot> dots = new ArrayList<>();

  /**
   * @param label of the axis
   */
  DotPlot(String name, String label) {
    this.name = name;
    this.label = label;
  }

  /**
   * One line.
   *
   * @param low lower end of the interval, equal to {@code value} without one
   * @param high upper end of the interval, equal to {@code value} without one
   */
  record Dot(String name, int tone, double value, double low, double high, String shown) {}

  /** Adds a line below the others. */
  DotPlot dot(Dot dot) {
    dots.add(dot);
    return this;
  }

  boolean isEmpty() {
    return dots.isEmpty();
  }

  String draw(int width) {
    int longest = dots.stream().mapToInt(dot -> dot.name.length()).max().orElse(0);
    double left = Math.min(width / 2.0, 20 + LETTER * longest);
    double bottom = TOP + (double) LINE * dots.size();
    double least = values().min().orElse(0);
    double most = values().max().orElse(1);
    Scale scale = Scale.linear(least, most, 6);
    Markup svg = new Markup();
    Frame.open(svg, width, (int) bottom + 44, name);
    svg.open("g", "class", "grid");
    for (Scale.Tick tick : scale.ticks()) {
      double x = left + scale.position(tick.value()) * (width - RIGHT - left);
      Frame.line(svg, x, TOP, x, bottom, List.of());
      Frame.text(svg, x, bottom + 17, "tick middle", tick.label());
    }
    svg.close("g");
    Frame.text(svg, (left + width - RIGHT) / 2, bottom + 36, "axis middle", label);
    for (int i = 0; i < dots.size(); i++) {
      draw(svg, dots.get(i), TOP + LINE * (i + 0.5), left, width - RIGHT - left, scale);
    }
    return svg.close("svg").toString();
  }

  private DoubleStream values() {
    return dots.stream().flatMapToDouble(dot -> DoubleStream.of(dot.low, dot.high));
  }

  private static void draw(Markup svg, Dot dot, double y, double left, double width, Scale scale) {
    double at = left + scale.position(dot.value) * width;
    double low = left + scale.position(dot.low) * width;
    double high = left + scale.position(dot.high) * width;
    Frame.text(svg, left - 10, y + 4, "end", dot.name);
    svg.open("g", "class", "tone-" + dot.tone);
    if (high > low) {
      Frame.line(svg, low, y, high, y, List.of("class", "interval"));
    }
    svg.open("circle", "class", "mark", "cx", Markup.at(at), "cy", Markup.at(y), "r", "4.5");
    svg.leaf("title", dot.name + ": " + dot.shown).close("circle").close("g");
    Frame.text(svg, left + width + 12, y + 4, "value", dot.shown);
  }
}

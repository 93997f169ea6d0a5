package io.dimat.report;

import java.util.List;

/**
 * The axes of a chart: from values to pixels, grid, ticks and axis labels. The legend is HTML above
 * the drawing, so that no text has to be measured here.
 *
 * @param width of the drawing in pixels
 * @param height of the drawing in pixels
 * @param x axis to the right
 * @param y axis upward
 */
record Frame(int width, int height, Scale x, Scale y) {
  private static final int LEFT = 68;
  private static final int RIGHT = 14;
  private static final int TOP = 10;
  private static final int BOTTOM = 42;

  double px(double value) {
    return LEFT + x.position(value) * (width - LEFT - RIGHT);
  }

  double py(double value) {
    return height - BOTTOM - y.position(value) * (height - TOP - BOTTOM);
  }

  /** Opens the drawing and draws grid, ticks and labels; the caller closes {@code svg}. */
  Markup draw(String name, String xLabel, String yLabel) {
    Markup svg = new Markup();
    open(svg, width, height, name);
    svg.open("g", "class", "grid");
    y.ticks().forEach(tick -> horizontal(svg, tick));
    x.ticks().forEach(tick -> vertical(svg, tick));
    svg.close("g");
    double middle = TOP + (height - TOP - BOTTOM) / 2.0;
    text(svg, (LEFT + width - RIGHT) / 2.0, height - 6, "axis middle", xLabel);
    svg.leaf(
        "text",
        yLabel,
        "class",
        "axis middle",
        "transform",
        "translate(13 " + Markup.at(middle) + ") rotate(-90)");
    return svg;
  }

  /** Opens an {@code svg} element that scales with the page and has a name for screen readers. */
  static void open(Markup svg, int width, int height, String name) {
    svg.open(
        "svg",
        "viewBox",
        "0 0 " + width + " " + height,
        "role",
        "img",
        "aria-label",
        name,
        "style",
        "max-width:" + width + "px");
  }

  static void line(Markup svg, double x1, double y1, double x2, double y2, List<String> more) {
    String[] attributes = new String[8 + more.size()];
    double[] ends = {x1, y1, x2, y2};
    String[] names = {"x1", "y1", "x2", "y2"};
    for (int i = 0; i < 4; i++) {
      attributes[2 * i] = names[i];
      attributes[2 * i + 1] = Markup.at(ends[i]);
    }
    for (int i = 0; i < more.size(); i++) {
      attributes[8 + i] = more.get(i);
    }
    svg.leaf("line", "", attributes);
  }

  static void text(Markup svg, double x, double y, String style, String content) {
    svg.leaf("text", content, "x", Markup.at(x), "y", Markup.at(y), "class", style);
  }

  private void horizontal(Markup svg, Scale.Tick tick) {
    double at = py(tick.value());
    line(svg, LEFT, at, width - RIGHT, at, List.of());
    text(svg, LEFT - 7, at + 4, "tick end", tick.label());
  }

  private void vertical(Markup svg, Scale.Tick tick) {
    double at = px(tick.value());
    line(svg, at, height - BOTTOM, at, height - BOTTOM + 4, List.of());
    text(svg, at, height - BOTTOM + 17, "tick middle", tick.label());
  }
}

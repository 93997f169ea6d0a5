package io.dimat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over a common x axis, each with an optional band, as SVG. Series differ in colour, dash and
 * marker, so that they can be told apart without colour.
 */
final class LineChart {
  private static final int MANY_POINTS = 30;

  private final String name;
  private final String xLabel;
  private final String yLabel;
  private final List<Series> series = new ArrayList<>();

  LineChart(String name, String xLabel, String yLabel) {
    this.name = name;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  /**
   * One point; where y is not finite, the line is broken.
   *
   * @param low lower end of the band, equal to {@code y} without one
   * @param high upper end of the band, equal to {@code y} without one
   * @param hint what a reader sees who rests on the point
   */
  record Point(double x, double y, double low, double high, String hint) {
    boolean isDrawn() {
      return Double.isFinite(y);
    }

    static Point of(double x, double y, String hint) {
      return new Point(x, y, y, y, hint);
    }
  }

  private record Series(String name, int tone, List<Point> points) {
    boolean hasBand() {
      return points.stream().anyMatch(p -> p.high > p.low);
    }
  }

  /** Adds a line in the palette's colour number {@code tone}; one without points is left out. */
  LineChart line(String label, int tone, List<Point> points) {
    if (points.stream().anyMatch(Point::isDrawn)) {
      series.add(new Series(label, tone, List.copyOf(points)));
    }
    return this;
  }

  boolean isEmpty() {
    return series.isEmpty();
  }

  /** The legend (HTML) and the drawing, with a linear y axis. */
  String linear(int width, int height, Scale x) {
    double low = bound(Point::low).min().orElse(0);
    double high = bound(Point::high).max().orElse(1);
    return draw(new Frame(width, height, x, Scale.linear(low, high, 5)));
  }

  /** As {@link #linear}, over all of [0, 1] and what lies beyond: for fractions. */
  String fraction(int width, int height, Scale x) {
    double low = Math.min(0, bound(Point::low).min().orElse(0));
    double high = Math.max(1, bound(Point::high).max().orElse(1));
    return draw(new Frame(width, height, x, Scale.linear(low, high, 5)));
  }

  /**
   * As {@link #linear}, with a logarithmic y axis where positive values span far more than that.
   */
  String logWhereWide(int width, int height, Scale x) {
    double low = bound(Point::low).min().orElse(0);
    double high = bound(Point::high).max().orElse(1);
    boolean wide = low > 0 && high > 30 * low;
    Scale y = wide ? Scale.log(low, high) : Scale.linear(Math.min(low, 0), high, 5);
    return draw(new Frame(width, height, x, y));
  }

  /** Without a legend, over all of [0, whole] and what lies beyond: for small charts in a row. */
  String fractionOf(double whole, int width, int height, Scale x) {
    double low = Math.min(0, bound(Point::low).min().orElse(0));
    double high = Math.max(whole, bound(Point::high).max().orElse(whole));
    return drawing(new Frame(width, height, x, Scale.linear(low, high, 4)));
  }

  /** The smallest x above 0; infinite without one. */
  double minPositiveX() {
    return bound(Point::x).filter(x -> x > 0).min().orElse(Double.POSITIVE_INFINITY);
  }

  /** The largest x of all points, 0 without points. */
  double maxX() {
    return bound(Point::x).max().orElse(0);
  }

  private DoubleStream bound(ToDoubleFunction<Point> of) {
    Stream<Point> all = series.stream().flatMap(s -> s.points.stream());
    return all.filter(Point::isDrawn).mapToDouble(of);
  }

  private String draw(Frame frame) {
    return legend() + drawing(frame);
  }

  private String drawing(Frame frame) {
    Markup svg = frame.draw(name, xLabel, yLabel);
    series.stream().filter(Series::hasBand).forEach(s -> band(svg, frame, s));
    series.forEach(s -> line(svg, frame, s));
    return svg.close("svg").toString();
  }

  private static void band(Markup svg, Frame frame, Series s) {
    StringBuilder path = new StringBuilder();
    for (Point p : s.points) {
      append(path, path.length() == 0, frame.px(p.x), frame.py(p.high));
    }
    for (int i = s.points.size() - 1; i >= 0; i--) {
      append(path, false, frame.px(s.points.get(i).x), frame.py(s.points.get(i).low));
    }
    String kind = s.points.size() > 1 ? "band" : "whisker";
    svg.leaf("path", "", "class", kind + " tone-" + s.tone, "d", path.append('Z').toString());
  }

  private static void line(Markup svg, Frame frame, Series s) {
    String dense = s.points.size() > MANY_POINTS ? " dense" : "";
    svg.open("g", "class", "tone-" + s.tone + dense);
    StringBuilder path = new StringBuilder();
    boolean broken = true;
    for (Point p : s.points) {
      if (p.isDrawn()) {
        append(path, broken, frame.px(p.x), frame.py(p.y));
      }
      broken = !p.isDrawn();
    }
    svg.leaf("path", "", "class", "line", "d", path.toString());
    double size = s.points.size() > MANY_POINTS ? 1.4 : 3.5;
    for (Point p : s.points.stream().filter(Point::isDrawn).toList()) {
      mark(svg, s.tone, frame.px(p.x), frame.py(p.y), size, p.hint);
    }
    svg.close("g");
  }

  private static void mark(Markup svg, int tone, double x, double y, double size, String hint) {
    if (tone % 2 == 0) {
      svg.open(
          "circle", "class", "mark", "cx", Markup.at(x), "cy", Markup.at(y), "r", Markup.at(size));
      svg.leaf("title", hint).close("circle");
    } else {
      svg.open(
          "rect",
          "class",
          "mark",
          "x",
          Markup.at(x - size),
          "y",
          Markup.at(y - size),
          "width",
          Markup.at(2 * size),
          "height",
          Markup.at(2 * size));
      svg.leaf("title", hint).close("rect");
    }
  }

  private String legend() {
    Markup html = new Markup();
    html.open("div", "class", "legend");
    for (Series s : series) {
      html.open("span", "class", "key");
      html.open("svg", "width", "30", "height", "12", "aria-hidden", "true");
      html.open("g", "class", "tone-" + s.tone);
      html.leaf("path", "", "class", "line", "d", "M1 6L29 6");
      mark(html, s.tone, 15, 6, 3.5, s.name);
      html.close("g").close("svg").write(s.name).close("span");
    }
    return html.close("div").add("").toString();
  }

  private static void append(StringBuilder path, boolean start, double x, double y) {
    path.append(start ? 'M' : 'L').append(Markup.at(x)).append(' ');
    path.append(Markup.at(y));
  }
}

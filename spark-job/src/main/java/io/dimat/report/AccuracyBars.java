package io.dimat.report;

import java.util.ArrayList;
import java.util.List;

/** Accuracies as bars from the left, each with its standard error and its value, as SVG. */
final class AccuracyBars {
  private static final double LETTER = 6.5;
  private static final int RIGHT = 104;
  private static final int TOP = 6;
  private static final int SPACE = 14;

  private final String name;
  private final List<List<Bar>> groups = new ArrayList<>();

  AccuracyBars(String name) {
    this.name = name;
  }

  /**
   * One bar.
   *
   * @param hint shown when the bar is pointed at, before the accuracy
   * @param tone number of the colour in the palette
   */
  record Bar(String label, String hint, int tone, Form form, MeasuredAccuracy accuracy) {}

  /** How a bar stands beside the one above it. */
  enum Form {
    /** By itself. */
    FULL(10, 17, "mark", "end"),
    /** Close below the bar of the same model, paler and thinner than it. */
    SAME_MODEL(2, 11, "mark pale", "tick end");

    private final int gap;
    private final int thick;
    private final String mark;
    private final String text;

    Form(int gap, int thick, String mark, String text) {
      this.gap = gap;
      this.thick = thick;
      this.mark = mark;
      this.text = text;
    }
  }

  /** Adds bars below those that are there, a little apart from them. */
  AccuracyBars group(List<Bar> bars) {
    if (!bars.isEmpty()) {
      groups.add(List.copyOf(bars));
    }
    return this;
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** The drawing. */
  String draw(int width) {
    List<Bar> all = groups.stream().flatMap(List::stream).toList();
    int longest = all.stream().mapToInt(bar -> bar.label.length()).max().orElse(0);
    double left = Math.min(width / 2.0, 14 + LETTER * longest);
    int heights = all.stream().mapToInt(bar -> bar.form.gap + bar.form.thick).sum();
    double bottom = TOP + heights + SPACE * (groups.size() - 1);
    Axis axis = new Axis(left, width - RIGHT - left);
    Markup svg = new Markup();
    Frame.open(svg, width, (int) bottom + 44, name);
    axis.draw(svg, bottom);
    double y = 0;
    for (List<Bar> group : groups) {
      for (Bar bar : group) {
        draw(svg, axis, bar, y);
        y += bar.form.gap + bar.form.thick;
      }
      y += SPACE;
    }
    return svg.close("svg").toString();
  }

  /**
   * @param above where the bar above ends
   */
  private static void draw(Markup svg, Axis axis, Bar bar, double above) {
    double y = above + bar.form.gap;
    double middle = y + bar.form.thick / 2.0;
    Frame.text(svg, axis.left - 10, middle + 4, bar.form.text, bar.label);
    double fraction = bar.accuracy.fraction();
    double end = axis.x(Double.isFinite(fraction) ? fraction : 0);
    svg.open("g", "class", "tone-" + bar.tone);
    svg.open(
        "rect",
        "class",
        bar.form.mark,
        "x",
        Markup.at(axis.left),
        "y",
        Markup.at(y),
        "width",
        Markup.at(end - axis.left),
        "height",
        Integer.toString(bar.form.thick));
    svg.leaf("title", bar.hint + ": " + bar.accuracy.shown()).close("rect").close("g");
    double error = bar.accuracy.standardError();
    double reach = Double.isFinite(error) ? axis.width * error : 0;
    if (reach > 0) {
      Frame.line(svg, end - reach, middle, end + reach, middle, List.of("class", "error"));
    }
    Frame.text(svg, end + reach + 8, middle + 4, "value", bar.accuracy.shown());
  }

  /** From a fraction to pixels. */
  private record Axis(double left, double width) {
    double x(double fraction) {
      return left + fraction * width;
    }

    void draw(Markup svg, double bottom) {
      svg.open("g", "class", "grid");
      for (int percent = 0; percent <= 100; percent += 20) {
        double x = x(percent / 100.0);
        Frame.line(svg, x, TOP - 4, x, bottom, List.of());
        Frame.text(svg, x, bottom + 16, "tick middle", Integer.toString(percent));
      }
      svg.close("g");
      Frame.text(svg, x(0.5), bottom + 36, "axis middle", "accuracy (%)");
    }
  }
}

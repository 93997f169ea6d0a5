package io.dimat.report;

import java.util.List;
import java.util.function.DoubleFunction;

/** A table of numbers, one row per agent and one column per class, as shades of one colour. */
final class HeatMap {
  private static final int LEFT = 74;
  private static final int TOP = 8;
  private static final int WIDTH = 860;

  private final String name;
  private final List<String> columns;
  private final DoubleFunction<String> format;

  /**
   * An empty map.
   *
   * @param columns class names in label order; numbered where there are more classes than names
   * @param format how a value is written
   */
  HeatMap(String name, List<String> columns, DoubleFunction<String> format) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.format = format;
  }

  /** One agent's values by class. */
  record Row(int agent, List<Double> values) {}

  /** The drawing; {@code top} is the value of the full shade, 0 that of none. */
  String draw(List<Row> rows, double top) {
    int classes = rows.stream().mapToInt(row -> row.values.size()).max().orElse(1);
    double cellWidth = Math.min(72, (WIDTH - LEFT - 10.0) / classes);
    double cellHeight = rows.size() > 12 ? 17 : 26;
    int bottom = cellWidth >= 20 ? 92 : 36;
    int height = (int) (TOP + cellHeight * rows.size() + bottom);
    Markup svg = new Markup();
    Frame.open(svg, WIDTH, height, name);
    for (int r = 0; r < rows.size(); r++) {
      double y = TOP + r * cellHeight;
      Frame.text(svg, LEFT - 8, y + cellHeight / 2 + 4, "tick end", "agent " + rows.get(r).agent);
      for (int c = 0; c < rows.get(r).values.size(); c++) {
        double x = LEFT + c * cellWidth;
        cell(svg, rows.get(r), c, top, new double[] {x, y, cellWidth, cellHeight});
      }
    }
    classNames(svg, classes, cellWidth, TOP + cellHeight * rows.size());
    double middle = LEFT + classes * cellWidth / 2;
    Frame.text(svg, middle, height - 5, "axis middle", "class");
    return svg.close("svg").toString();
  }

  private void cell(Markup svg, Row row, int column, double top, double[] box) {
    double value = row.values.get(column);
    double share = top > 0 && Double.isFinite(value) ? Math.min(1, value / top) : 0;
    svg.open(
        "rect",
        "class",
        "cell",
        "x",
        Markup.at(box[0]),
        "y",
        Markup.at(box[1]),
        "width",
        Markup.at(box[2]),
        "height",
        Markup.at(box[3]),
        "fill-opacity",
        Numbers.weight(share == 0 ? 0.02 : 0.08 + 0.92 * share));
    String hint = "agent " + row.agent + ", " + column(column) + ": " + format.apply(value);
    svg.leaf("title", hint).close("rect");
    if (box[2] >= 34 && box[3] >= 16) {
      String shade = share > 0.55 ? "value middle strong" : "value middle";
      Frame.text(svg, box[0] + box[2] / 2, box[1] + box[3] / 2 + 4, shade, format.apply(value));
    }
  }

  private void classNames(Markup svg, int classes, double cellWidth, double y) {
    int every = cellWidth >= 20 ? 1 : 10;
    for (int c = 0; c < classes; c += every) {
      double x = LEFT + (c + 0.5) * cellWidth;
      if (every > 1) {
        Frame.text(svg, x, y + 14, "tick middle", Integer.toString(c));
      } else {
        svg.leaf(
            "text",
            column(c),
            "class",
            "tick end",
            "transform",
            "translate(" + Markup.at(x + 4) + " " + Markup.at(y + 14) + ") rotate(-35)");
      }
    }
  }

  private String column(int index) {
    return index < columns.size() ? columns.get(index) : "class " + index;
  }
}

package io.dimat.report;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * A table of numbers as shades of one colour. Values are written into the cells where all of them
 * fit; where they do not, a key says what the shades mean.
 */
final class HeatMap {
  private static final int TOP = 8;
  private static final int RIGHT = 10;
  private static final double DIGIT = 6.6;
  private static final double MIN_TEXT_HEIGHT = 15;
  private static final int LONGEST_NAME = 22;

  private final String name;
  private final String noun;
  private final List<String> columns;
  private final DoubleFunction<String> format;

  /**
   * An empty map.
   *
   * @param noun what a column is, for example class
   * @param columns names from left to right; numbered where there are more columns than names
   * @param format how a value is written
   */
  HeatMap(String name, String noun, List<String> columns, DoubleFunction<String> format) {
    this.name = name;
    this.noun = noun;
    this.columns = List.copyOf(columns);
    this.format = format;
  }

  /** One row's values by column; NaN is not measured. */
  record Row(String name, List<Double> values) {}

  private record Box(double x, double y, double width, double height) {}

  /**
   * The drawing.
   *
   * @param top the value of the full shade; 0 is that of none
   * @param width in pixels
   */
  String draw(List<Row> rows, double top, int width) {
    int count = rows.stream().mapToInt(row -> row.values.size()).max().orElse(1);
    double left = 12 + DIGIT * longest(rows.stream().map(row -> shortened(row.name)).toList());
    double cellWidth = Math.min(72, (width - left - RIGHT) / count);
    double cellHeight = Math.max(6, Math.min(26, 420.0 / rows.size()));
    ColumnNames names = names(count, cellWidth);
    int height = (int) (TOP + cellHeight * rows.size() + names.height() + 24);
    boolean written = cellHeight >= MIN_TEXT_HEIGHT && longestValue(rows) + 2 <= cellWidth;
    Markup svg = new Markup();
    Frame.open(svg, width, height, name);
    int every = ColumnNames.every(13, cellHeight);
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      double y = TOP + r * cellHeight;
      if (r % every == 0) {
        Frame.text(svg, left - 8, y + cellHeight / 2 + 4, "tick end", shortened(row.name));
      }
      for (int c = 0; c < row.values.size(); c++) {
        Box box = new Box(left + c * cellWidth, y, cellWidth, cellHeight);
        cell(svg, row, c, top, box, written);
      }
    }
    names.draw(svg, left, TOP + cellHeight * rows.size());
    Frame.text(svg, left + count * cellWidth / 2, height - 5, "axis middle", noun);
    return (written ? "" : key(top)) + svg.close("svg");
  }

  private void cell(Markup svg, Row row, int column, double top, Box box, boolean written) {
    double value = row.values.get(column);
    double share = top > 0 && Double.isFinite(value) ? Math.min(1, Math.max(0, value / top)) : 0;
    svg.open(
        "rect",
        "class",
        Math.min(box.width, box.height) < 12 ? "cell thin" : "cell",
        "x",
        Markup.at(box.x),
        "y",
        Markup.at(box.y),
        "width",
        Markup.at(box.width),
        "height",
        Markup.at(box.height),
        "fill-opacity",
        opacity(share));
    String hint = row.name + ", " + column(column) + ": " + format.apply(value);
    svg.leaf("title", hint).close("rect");
    if (written) {
      String shade = share > 0.55 ? "value middle strong" : "value middle";
      double x = box.x + box.width / 2;
      Frame.text(svg, x, box.y + box.height / 2 + 4, shade, format.apply(value));
    }
  }

  private String key(double top) {
    Markup html = new Markup();
    html.open("div", "class", "legend");
    for (double share : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      html.open("span", "class", "key");
      html.open("svg", "width", "22", "height", "12", "aria-hidden", "true");
      html.leaf(
          "rect",
          "",
          "class",
          "cell",
          "width",
          "22",
          "height",
          "12",
          "fill-opacity",
          opacity(share));
      html.close("svg").write(format.apply(share * top)).close("span");
    }
    return html.close("div").add("").toString();
  }

  private static String opacity(double share) {
    return Numbers.weight(share == 0 ? 0.02 : 0.08 + 0.92 * share);
  }

  private ColumnNames names(int count, double cellWidth) {
    List<String> all = IntStream.range(0, count).mapToObj(c -> shortened(column(c))).toList();
    return ColumnNames.of(all, cellWidth);
  }

  private double longestValue(List<Row> rows) {
    return rows.stream()
        .flatMap(row -> row.values.stream())
        .mapToDouble(value -> DIGIT * format.apply(value).length())
        .max()
        .orElse(0);
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME - 1) + "…";
  }

  private String column(int index) {
    return index < columns.size() ? columns.get(index) : noun + " " + index;
  }
}

package io.dimat.report;

import java.util.List;

/**
 * Names below the columns of a heat map: level where they fit, else slanted, else (where columns
 * are narrower than a line of text) every so many, by number where the names are long.
 *
 * @param degrees how far a name is turned, 0 for level
 * @param every 1 for all names, 10 for each tenth
 */
record ColumnNames(List<String> names, double cellWidth, int degrees, int every) {
  private static final double DIGIT = 6.6;

  /** The first of the ways above that fits. */
  static ColumnNames of(List<String> names, double cellWidth) {
    double longest = DIGIT * longest(names);
    if (longest + 4 <= cellWidth) {
      return new ColumnNames(names, cellWidth, 0, 1);
    }
    if (longest(names) > 4 && cellWidth >= 15) {
      return new ColumnNames(names, cellWidth, cellWidth >= 24 ? 35 : 60, 1);
    }
    return new ColumnNames(names, cellWidth, 0, every(30, cellWidth));
  }

  /** The smallest round number of steps that is at least that wide together. */
  static int every(double wanted, double step) {
    for (int factor = 1; ; factor *= 10) {
      for (int every : new int[] {factor, 2 * factor, 5 * factor}) {
        if (every * step >= wanted) {
          return every;
        }
      }
    }
  }

  /** Pixels from the lower edge of the map to the end of the longest name. */
  double height() {
    return degrees == 0 ? 18 : 18 + DIGIT * longest(names) * Math.sin(Math.toRadians(degrees));
  }

  /** Draws the names of columns that start at x = {@code left}, below y = {@code top}. */
  void draw(Markup svg, double left, double top) {
    for (int c = 0; c < names.size(); c += every) {
      double x = left + (c + 0.5) * cellWidth;
      if (degrees == 0) {
        Frame.text(svg, x, top + 14, "tick middle", shown(c));
      } else {
        String place = "translate(" + Markup.at(x + 4) + " " + Markup.at(top + 14) + ")";
        String turned = place + " rotate(-" + degrees + ")";
        svg.leaf("text", shown(c), "class", "tick end", "transform", turned);
      }
    }
  }

  private String shown(int column) {
    boolean number = every > 1 && longest(names) > 4;
    return number ? Integer.toString(column) : names.get(column);
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }
}

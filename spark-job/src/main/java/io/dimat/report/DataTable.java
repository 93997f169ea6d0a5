package io.dimat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A table with a name at the start of every row; a column without any content is left out. */
final class DataTable {
  /** Letters of a name that would be broken inside words. */
  private static final int LONG = 22;

  private final List<String> columns;
  private final SortedSet<Integer> texts = new TreeSet<>();
  private final List<List<String>> rows = new ArrayList<>();

  DataTable(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Sets that column from the left, as text and not as numbers. */
  DataTable text(int column) {
    texts.add(column);
    return this;
  }

  /** Adds a row; an empty cell is shown as a dash. */
  DataTable row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  String draw() {
    Markup html = new Markup();
    html.open("div", "class", "wide").open("table").open("thead").open("tr");
    List<Integer> shown = shown();
    shown.forEach(c -> html.leaf("th", columns.get(c), "scope", "col", "class", style(c)));
    html.close("tr").close("thead").open("tbody");
    for (List<String> row : rows) {
      html.open("tr");
      boolean isLong = row.get(0).length() > LONG;
      String[] scope = {"scope", "row"};
      html.leaf("th", row.get(0), isLong ? new String[] {"scope", "row", "class", "long"} : scope);
      shown.stream().skip(1).forEach(c -> html.leaf("td", cell(row, c), "class", style(c)));
      html.close("tr");
    }
    return html.close("tbody").close("table").close("div").toString();
  }

  private List<Integer> shown() {
    List<Integer> shown = new ArrayList<>(List.of(0));
    for (int c = 1; c < columns.size(); c++) {
      int column = c;
      if (rows.stream().anyMatch(row -> !row.get(column).isEmpty())) {
        shown.add(c);
      }
    }
    return shown;
  }

  private String style(int column) {
    return texts.contains(column) ? "text" : "number";
  }

  private static String cell(List<String> row, int column) {
    return row.get(column).isEmpty() ? "–" : row.get(column);
  }
}

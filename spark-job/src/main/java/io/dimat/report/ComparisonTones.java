package io.dimat.report;

import io.dimat.compare.Comparison;
import io.dimat.compare.Comparison.Role;
import io.dimat.compare.Comparison.Row;
import io.dimat.compare.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which rows of a setting are drawn as lines, and in which colour: the best algorithms and the
 * controls, few enough to be told apart.
 */
final class ComparisonTones {
  /** Algorithms that are drawn together. */
  static final int MOST = 6;

  /** The first grey tone. */
  static final int CONTROL = 7;

  /** Grey tones that differ. */
  private static final int GREYS = 7;

  private final List<Row> drawn;
  private final Map<String, Integer> tones = new TreeMap<>();
  private final int left;

  private ComparisonTones(List<Row> drawn, int left) {
    this.drawn = List.copyOf(drawn);
    this.left = left;
    int color = 0;
    int grey = 0;
    for (Row row : drawn) {
      int tone = row.role() == Role.CONTROL ? CONTROL + grey++ % GREYS : color++;
      tones.put(row.algorithm(), tone);
    }
  }

  static ComparisonTones of(Comparison comparison, String setting) {
    List<Row> measured =
        comparison.ranked(setting, Measure.ACCURACY).stream()
            .filter(row -> row.estimate(Measure.ACCURACY).count() > 0)
            .toList();
    List<Row> algorithms = measured.stream().filter(row -> row.role() == Role.ALGORITHM).toList();
    List<Row> drawn = new ArrayList<>(algorithms.stream().limit(MOST).toList());
    comparison.in(setting).stream()
        .filter(row -> row.role() == Role.CONTROL && measured.contains(row))
        .forEach(drawn::add);
    return new ComparisonTones(drawn, Math.max(0, algorithms.size() - MOST));
  }

  /** Algorithms first. */
  List<Row> drawn() {
    return drawn;
  }

  /** Algorithms that are not drawn. */
  int left() {
    return left;
  }

  /** A row that is not drawn has the first colour: it stands alone where it is shown. */
  int of(Row row) {
    return tones.getOrDefault(row.algorithm(), row.role() == Role.CONTROL ? CONTROL : 0);
  }
}

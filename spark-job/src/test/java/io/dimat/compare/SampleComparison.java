package io.dimat.compare;

import io.dimat.compare.Comparison.Cell;
import io.dimat.compare.Comparison.Role;
import io.dimat.compare.Comparison.Row;
import io.dimat.compare.Comparison.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Comparisons with numbers that are easy to follow. */
public final class SampleComparison {
  private SampleComparison() {}

  /** A run of two rounds that ends with that accuracy. */
  public static Cell done(double accuracy) {
    List<Curve.Point> points = new ArrayList<>();
    for (int round = 0; round <= 2; round++) {
      double now = accuracy * (round + 1) / 3;
      points.add(
          new Curve.Point(
              round, now, now - 0.05, now + 0.01, 2 - 0.5 * round, round, 100 * round, 3 * round));
    }
    return new Cell(Status.DONE, "", new Curve(points));
  }

  public static Cell diverged() {
    return new Cell(Status.DIVERGED, "loss became NaN", new Curve(List.of()));
  }

  public static Row row(String setting, String algorithm, Role role, Cell... cells) {
    SortedMap<Long, Cell> bySeed = new TreeMap<>();
    for (int i = 0; i < cells.length; i++) {
      bySeed.put(i + 1L, cells[i]);
    }
    return new Row(setting, algorithm, role, OptionalDouble.of(0.01), "", bySeed);
  }

  /** Three seeds: "good" is above "control" by 10 points within a little, "same" is like it. */
  public static Comparison threeSeeds() {
    return threeSeeds(0.5);
  }

  /** The same, "broken" ending with that accuracy in the one run that is left of it. */
  public static Comparison threeSeeds(double broken) {
    return new Comparison(
        "Comparison on sample",
        List.of("2 agents"),
        List.of(1L, 2L, 3L),
        List.of(
            row("ring", "good", Role.ALGORITHM, done(0.70), done(0.72), done(0.71)),
            row("ring", "same, nearly", Role.ALGORITHM, done(0.61), done(0.60), done(0.62)),
            row("ring", "broken", Role.ALGORITHM, done(broken), diverged(), diverged()),
            row("ring", "control", Role.CONTROL, done(0.60), done(0.61), done(0.615))),
        "seed = 1\n");
  }

  /** As many algorithms as that, one control, one seed, two settings. */
  public static Comparison ofMany(int algorithms) {
    List<Row> rows = new ArrayList<>();
    for (String setting : List.of("ring", "chain & <star>")) {
      for (int a = 0; a < algorithms; a++) {
        rows.add(row(setting, "method " + a, Role.ALGORITHM, done(0.5 + 0.01 * a)));
      }
      rows.add(row(setting, "control", Role.CONTROL, done(0.6)));
    }
    rows.add(
        new Row(
            "ring",
            "refused one",
            Role.ALGORITHM,
            OptionalDouble.empty(),
            "refused: needs a tree",
            new TreeMap<>()));
    return new Comparison("Many", List.of(), List.of(1L), rows, "seed = 1\n");
  }
}

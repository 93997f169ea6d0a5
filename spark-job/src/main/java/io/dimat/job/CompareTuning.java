package io.dimat.job;

import io.dimat.compare.Comparison.Cell;
import io.dimat.compare.Comparison.Status;
import io.dimat.compare.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The step sizes that one row tried, on validation images.
 *
 * @param trials by step size
 */
record CompareTuning(SortedMap<Double, Cell> trials) {
  CompareTuning {
    trials = new TreeMap<>(trials);
  }

  /**
   * The step size whose mean agent was best in the last round, the smaller of equals; empty if all
   * trials diverged, or one failed: it is tried again, and may be the best.
   */
  OptionalDouble best() {
    OptionalDouble best = OptionalDouble.empty();
    if (failures() > 0) {
      return best;
    }
    double highest = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Double, Cell> trial : trials.entrySet()) {
      double accuracy = trial.getValue().curve().last(Measure.ACCURACY);
      if (trial.getValue().status() == Status.DONE && accuracy > highest) {
        highest = accuracy;
        best = OptionalDouble.of(trial.getKey());
      }
    }
    return best;
  }

  /** How many trials failed for another reason than divergence. */
  long failures() {
    return trials.values().stream().filter(trial -> trial.status() == Status.FAILED).count();
  }

  /** What a reader must know of the choice; empty text if it lies inside the grid. */
  String note() {
    if (failures() > 0) {
      return trials.entrySet().stream()
          .filter(trial -> trial.getValue().status() == Status.FAILED)
          .map(
              trial ->
                  "step size %s failed: %s".formatted(trial.getKey(), trial.getValue().reason()))
          .collect(Collectors.joining("; "));
    }
    if (best().isEmpty()) {
      return "no step size of the grid works";
    }
    double rate = best().getAsDouble();
    List<Double> rates = List.copyOf(trials.keySet());
    boolean edge = rate == rates.get(0) || rate == rates.get(rates.size() - 1);
    return edge && rates.size() > 1
        ? String.format(Locale.ROOT, "best step size %s is at the edge of the grid", rate)
        : "";
  }
}

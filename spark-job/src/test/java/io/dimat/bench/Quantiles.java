package io.dimat.bench;

import java.util.List;

/** Least and median of some measurements. */
record Quantiles(double least, double median) {
  static Quantiles of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return new Quantiles(sorted.get(0), sorted.get(sorted.size() / 2));
  }
}

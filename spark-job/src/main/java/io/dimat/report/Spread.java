package io.dimat.report;

/**
 * Mean, smallest and largest of some agents' values, and who has the extremes (the first agent
 * where several do).
 */
record Spread(int count, double sum, double min, int worst, double max, int best) {
  static Spread of(int agent, double value) {
    return new Spread(1, value, value, agent, value, agent);
  }

  double mean() {
    return sum / count;
  }

  /** This spread and the other's values. */
  Spread with(Spread other) {
    return new Spread(
        count + other.count,
        sum + other.sum,
        Math.min(min, other.min),
        other.min < min ? other.worst : worst,
        Math.max(max, other.max),
        other.max > max ? other.best : best);
  }
}

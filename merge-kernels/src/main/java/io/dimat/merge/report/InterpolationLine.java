package io.dimat.merge.report;

import java.util.List;

/**
 * Loss along the straight line from the reference (lambda 0) to one parent (lambda 1).
 *
 * @param parent name of the parent
 * @param treatment what was done to the parent and to the points
 * @param lambdas ascending, from 0 to 1
 * @param losses mean cross-entropy at every lambda, in nats
 */
public record InterpolationLine(
    String parent, Treatment treatment, List<Double> lambdas, List<Double> losses) {
  /** Which line. */
  public enum Treatment {
    AS_IT_IS("not aligned"),
    AS_IT_IS_FINISHED("not aligned, finished like the merge"),
    ALIGNED("aligned"),
    ALIGNED_FINISHED("aligned, finished like the merge");

    private final String label;

    Treatment(String label) {
      this.label = label;
    }

    /** For people. */
    public String label() {
      return label;
    }
  }

  public InterpolationLine {
    lambdas = List.copyOf(lambdas);
    losses = List.copyOf(losses);
    if (lambdas.size() != losses.size() || lambdas.size() < 3) {
      throw new IllegalArgumentException(
          "a line needs a loss at each of at least 3 points, got %d losses and %d points"
              .formatted(losses.size(), lambdas.size()));
    }
  }

  /**
   * The loss barrier: {@code max over lambda of loss(lambda) - ((1 - lambda) loss(0) + lambda
   * loss(1))}, not below 0 because the ends are on the line (Frankle et al. 2020, arXiv
   * 1912.05671).
   */
  public double barrier() {
    double first = losses.get(0);
    double last = losses.get(losses.size() - 1);
    double highest = 0;
    for (int i = 0; i < losses.size(); i++) {
      double lambda = lambdas.get(i);
      highest = Math.max(highest, losses.get(i) - (1 - lambda) * first - lambda * last);
    }
    return highest;
  }
}

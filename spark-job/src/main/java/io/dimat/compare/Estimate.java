package io.dimat.compare;

import java.util.Collection;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A mean over independent runs with its 95 % confidence interval after Student: {@code mean ±
 * t(0.975, n - 1) s / sqrt(n)}.
 *
 * @param count number of runs, n
 * @param mean NaN if n = 0
 * @param halfWidth half the width of the interval; NaN if n &lt; 2
 */
public record Estimate(int count, double mean, double halfWidth) {
  private static final double UPPER = 0.975;

  /** The estimate from these values; those that are NaN or infinite do not count. */
  public static Estimate of(Collection<Double> values) {
    SummaryStatistics finite = new SummaryStatistics();
    values.stream().filter(Double::isFinite).forEach(finite::addValue);
    int n = (int) finite.getN();
    double half =
        n < 2
            ? Double.NaN
            : new TDistribution(null, n - 1).inverseCumulativeProbability(UPPER)
                * finite.getStandardDeviation()
                / Math.sqrt(n);
    return new Estimate(n, finite.getMean(), half);
  }

  public boolean hasInterval() {
    return Double.isFinite(halfWidth);
  }

  public double low() {
    return mean - halfWidth;
  }

  public double high() {
    return mean + halfWidth;
  }
}

package io.dimat.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Student's paired t-test of two algorithms over the seeds that both have run: {@code t = mean(d) /
 * (s(d) / sqrt(n))} for the differences d, with n - 1 degrees of freedom, two-sided.
 *
 * @param difference mean of d with its interval
 * @param p probability of a |t| at least as large if there is no difference; NaN where the test
 *     does not exist: fewer than 2 seeds, or differences without any spread
 */
public record PairedTest(Estimate difference, double p) {
  /**
   * Accuracies are fractions of some hundred images or more: differences whose interval is smaller
   * are equal, and differ by the rounding of their subtraction.
   */
  private static final double ROUNDING = 1e-9;

  /** Tests {@code values - against}; both by seed. */
  public static PairedTest of(SortedMap<Long, Double> values, SortedMap<Long, Double> against) {
    List<Double> differences = new ArrayList<>();
    values.forEach(
        (seed, value) -> {
          double other = against.getOrDefault(seed, Double.NaN);
          if (Double.isFinite(value - other)) {
            differences.add(value - other);
          }
        });
    Estimate difference = Estimate.of(differences);
    return new PairedTest(difference, p(difference));
  }

  private static double p(Estimate difference) {
    if (!difference.hasInterval() || !(difference.halfWidth() > ROUNDING)) {
      return Double.NaN;
    }
    TDistribution student = new TDistribution(null, difference.count() - 1);
    double standardError = difference.halfWidth() / student.inverseCumulativeProbability(0.975);
    return 2 * student.cumulativeProbability(-Math.abs(difference.mean() / standardError));
  }

  /**
   * Holm's correction for several tests at once (S. Holm, A simple sequentially rejective multiple
   * test procedure, 1979): the k-th smallest of m becomes {@code max over j <= k of min(1, (m - j +
   * 1) p_j)}.
   *
   * @param ps not modified; NaN stays NaN and does not count
   * @return the corrected ones in the same order
   */
  public static List<Double> holm(List<Double> ps) {
    List<Integer> ascending =
        IntStream.range(0, ps.size())
            .filter(i -> !ps.get(i).isNaN())
            .boxed()
            .sorted(Comparator.comparing(ps::get))
            .toList();
    List<Double> corrected = new ArrayList<>(Collections.nCopies(ps.size(), Double.NaN));
    double largest = 0;
    for (int k = 0; k < ascending.size(); k++) {
      largest = Math.max(largest, Math.min(1, (ascending.size() - k) * ps.get(ascending.get(k))));
      corrected.set(ascending.get(k), largest);
    }
    return corrected;
  }
}

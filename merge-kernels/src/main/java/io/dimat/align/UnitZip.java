package io.dimat.align;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Zipping (ZipIt, arXiv 2305.03053): the K C units of one group of K models are merged greedily,
 * most correlated first, until C are left; units of one model may merge too, and a model may have
 * no part in a merged unit. Afterwards a merged unit correlates with another as the smaller of its
 * two parts' correlations, times {@code alpha} if that is positive.
 *
 * <p>Merging two (merged) units that both have a part of model m takes one from m's budget, {@code
 * floor(budget C (K - 1) / K)}, and is not allowed once it is used up. For three models or more the
 * allowed merges can run out before C units are left; then the most correlated units merge
 * regardless of the budget. For two models that cannot happen.
 *
 * <p>Mixing weights: model k's {@code produce} is {@code 1 / sum of the weights of the unit's
 * parts} for every part, its {@code consume} is 1, so that {@code sum_k weight_k} times the changed
 * models makes each merged unit the weighted mean of its parts, however they are spread over the
 * models. For equal weights these are the paper's {@code K merge_k} and {@code unmerge_k}.
 *
 * @param alpha factor for merged units, at most 1; at most 0: a merged unit takes no further unit
 *     of a model that it has a part of
 * @param budget share of same-model merges, in [0, 1]; 0 forbids them
 */
public record UnitZip(double alpha, double budget) implements Serializable {
  /** The values of the paper's code. */
  public static final UnitZip DEFAULT = new UnitZip(0.3, 0.125);

  private static final double WEIGHT_TOLERANCE = 1e-6;

  public UnitZip {
    if (!(alpha <= 1) || !(budget >= 0) || !(budget <= 1)) {
      throw new IllegalArgumentException(
          "zipping needs alpha <= 1 and a budget in [0, 1], got " + alpha + " and " + budget);
    }
  }

  /**
   * Zips one group. Cost: O((K C)^2) time and memory, as long as few units have the same best
   * partner.
   *
   * @param correlation of the stacked units, symmetric row-major [K C, K C], unit u of model k at
   *     {@code k C + u}; finite; the diagonal is not read; not modified
   * @param units C, the same in all models
   * @param weights the K mixing weights that the changed models are summed with, positive, of sum 1
   * @return one per model
   * @throws IllegalArgumentException if lengths do not fit, a correlation is not finite, or the
   *     weights are not positive or do not sum to 1
   */
  public List<UnitMixing> zip(double[] correlation, int units, double[] weights) {
    return mixings(parts(correlation, units, weights), units, weights);
  }

  /** Parts of every merged unit, in the order of their first part; arguments as of {@link #zip}. */
  int[][] parts(double[] correlation, int units, double[] weights) {
    requireUsable(correlation, units, weights);
    return new ZipState(correlation, units, weights.length, this).run();
  }

  /** What makes merged units of their parts, one per model. */
  static List<UnitMixing> mixings(int[][] parts, int units, double[] weights) {
    List<UnitMixing> mixings = new ArrayList<>();
    for (int model = 0; model < weights.length; model++) {
      mixings.add(mixing(parts, units, weights, model));
    }
    return mixings;
  }

  private static UnitMixing mixing(int[][] parts, int units, double[] weights, int model) {
    double[] produce = new double[units * units];
    double[] consume = new double[units * units];
    for (int r = 0; r < units; r++) {
      double weight = Arrays.stream(parts[r]).mapToDouble(u -> weights[u / units]).sum();
      for (int part : parts[r]) {
        if (part / units == model) {
          produce[r * units + part % units] = 1 / weight;
          consume[part % units * units + r] = 1;
        }
      }
    }
    return UnitMixing.of(units, produce, consume);
  }

  private static void requireUsable(double[] correlation, int units, double[] weights) {
    long stacked = (long) weights.length * units;
    if (weights.length < 1 || weights.length > Long.SIZE || units < 1) {
      throw new IllegalArgumentException(
          "zipping needs 1 to 64 models of at least 1 unit, got %d of %d"
              .formatted(weights.length, units));
    }
    if (correlation.length != stacked * stacked
        || !Arrays.stream(correlation).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "zipping needs %d x %d finite correlations, got %d values"
              .formatted(stacked, stacked, correlation.length));
    }
    double sum = Arrays.stream(weights).sum();
    if (!Arrays.stream(weights).allMatch(w -> w > 0) || Math.abs(sum - 1) > WEIGHT_TOLERANCE) {
      throw new IllegalArgumentException(
          "zipping needs positive weights of sum 1, got " + Arrays.toString(weights));
    }
  }
}

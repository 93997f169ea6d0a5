package io.dimat.align;

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
public record UnitZip(double alpha, double budget) {
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
   * The changes of basis of all models. Merged units are in the order of their first part, so that
   * they follow model 0 where it takes part in all of them.
   *
   * @param correlations per permutation group, in the order of the spec, as {@link #zip} takes them
   * @param weights as {@link #zip} takes them
   * @return one per model
   */
  public List<SoftAlignment> match(
      PermutationSpec spec, List<double[]> correlations, double[] weights) {
    if (correlations.size() != spec.groups().size()) {
      throw new IllegalArgumentException(
          "zipping needs one correlation per group, got %d for %d groups"
              .formatted(correlations.size(), spec.groups().size()));
    }
    List<List<UnitMixing>> perGroup = new ArrayList<>();
    for (PermutationGroup group : spec.groups()) {
      perGroup.add(zip(correlations.get(group.index()), group.size(), weights));
    }
    List<SoftAlignment> perModel = new ArrayList<>();
    for (int k = 0; k < weights.length; k++) {
      int model = k;
      perModel.add(new SoftAlignment(perGroup.stream().map(g -> g.get(model)).toList()));
    }
    return perModel;
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
    requireUsable(correlation, units, weights);
    int[][] parts = new ZipState(correlation, units, weights.length, this).run();
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

  /**
   * The correlation of all units of K models, as {@link #zip} takes it.
   *
   * @param pairs element {@code i}, {@code j - i} for {@code j >= i}: moments of one group with
   *     model i as the reference and model j as the other; not modified
   * @return row-major [K C, K C], symmetric, zeros for dead units
   */
  public static double[] stackedCorrelation(List<List<CrossMoments>> pairs) {
    int models = pairs.size();
    int units = pairs.get(0).get(0).units();
    double[] stacked = new double[Math.multiplyExact(models * units, models * units)];
    for (int i = 0; i < models; i++) {
      for (int j = i; j < models; j++) {
        double[] block = MatchScore.CORRELATION.of(pairs.get(i).get(j - i));
        for (int e = 0; e < block.length; e++) {
          int r = i * units + e / units;
          int c = j * units + e % units;
          stacked[r * models * units + c] = block[e];
          stacked[c * models * units + r] = block[e];
        }
      }
    }
    return stacked;
  }
}

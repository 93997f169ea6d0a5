package io.dimat.align;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Zipping of whole networks (ZipIt, arXiv 2305.03053): {@link UnitZip} for every group, by the
 * correlations of the units of all models.
 *
 * @param alignments one change of basis per model, to be summed with the mixing weights
 * @param groups those that were zipped, in the order of the spec
 */
public record ZipMatching(List<SoftAlignment> alignments, List<Group> groups) {
  public ZipMatching {
    alignments = List.copyOf(alignments);
    groups = List.copyOf(groups);
  }

  /**
   * How alike the units are that one group's merged units are made of.
   *
   * @param correlation mean over merged units of the mean correlation of all pairs of their parts,
   *     in [-1, 1] up to rounding; 1 for a unit of one part, with which nothing was averaged
   * @param identityFraction share of merged units made of exactly the units of one index, one of
   *     every model, in [0, 1]
   */
  public record Group(String name, double correlation, double identityFraction) {}

  /**
   * Zips models. Merged units are in the order of their first part, so that they follow model 0
   * where it takes part in all of them. Groups do not depend on each other.
   *
   * @param moments one list per pair of models (0, 0), (0, 1), ..., (1, 1), (1, 2), ..., each with
   *     one element per point of {@code spec.matchPoints(points)}; not modified. Those of one group
   *     are added
   * @param weights of the K models, as {@link UnitZip#zip} takes them
   * @param zipped indices of the groups to zip; all others stay as they are
   * @throws IllegalArgumentException as {@link ActivationMatching#match} and {@link UnitZip#zip}
   */
  public static ZipMatching match(
      PermutationSpec spec,
      List<List<CrossMoments>> moments,
      MatchPoints points,
      double[] weights,
      UnitZip rules,
      Set<Integer> zipped) {
    List<List<CrossMoments>> perPair =
        moments.stream().map(pair -> ActivationMatching.perGroup(spec, pair, points)).toList();
    List<List<UnitMixing>> mixings = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    for (PermutationGroup group : spec.groups()) {
      if (zipped.contains(group.index())) {
        double[] stacked =
            stackedCorrelation(
                perPair.stream().map(pair -> pair.get(group.index())).toList(), weights.length);
        new UnitScores(stacked, group.size() * weights.length)
            .requireFinite(group.name(), "correlations");
        int[][] parts = rules.parts(stacked, group.size(), weights);
        mixings.add(UnitZip.mixings(parts, group.size(), weights));
        groups.add(describe(group, parts, stacked, weights.length));
      } else {
        UnitMixing same = UnitMixing.of(Permutation.identity(group.size()));
        mixings.add(Collections.nCopies(weights.length, same));
      }
    }
    List<SoftAlignment> alignments =
        IntStream.range(0, weights.length)
            .mapToObj(k -> new SoftAlignment(mixings.stream().map(m -> m.get(k)).toList()))
            .toList();
    return new ZipMatching(alignments, groups);
  }

  /**
   * The correlation of all units of K models, as {@link UnitZip#zip} takes it: row-major [K C, K
   * C], symmetric, zeros for dead units.
   */
  private static double[] stackedCorrelation(List<CrossMoments> pairs, int models) {
    if (pairs.size() != models * (models + 1) / 2) {
      throw new IllegalArgumentException(
          "zipping %d models needs moments of %d pairs, got %d"
              .formatted(models, models * (models + 1) / 2, pairs.size()));
    }
    int units = pairs.get(0).units();
    int all = Math.multiplyExact(models, units);
    double[] stacked = new double[Math.multiplyExact(all, all)];
    int pair = 0;
    for (int i = 0; i < models; i++) {
      for (int j = i; j < models; j++) {
        double[] block = MatchScore.CORRELATION.of(pairs.get(pair++));
        for (int e = 0; e < block.length; e++) {
          int r = i * units + e / units;
          int c = j * units + e % units;
          stacked[r * all + c] = block[e];
          stacked[c * all + r] = block[e];
        }
      }
    }
    return stacked;
  }

  private static Group describe(
      PermutationGroup group, int[][] parts, double[] stacked, int models) {
    int units = group.size();
    double correlation = 0;
    double identical = 0;
    for (int[] unit : parts) {
      correlation += correlation(unit, stacked, models * units) / units;
      boolean oneIndex = IntStream.of(unit).map(part -> part % units).distinct().count() == 1;
      identical += oneIndex && unit.length == models ? 1.0 / units : 0;
    }
    return new Group(group.name(), correlation, identical);
  }

  private static double correlation(int[] parts, double[] stacked, int all) {
    double sum = 0;
    int pairs = parts.length * (parts.length - 1) / 2;
    for (int i = 0; i < parts.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += stacked[parts[i] * all + parts[j]] / pairs;
      }
    }
    return pairs == 0 ? 1 : sum;
  }
}

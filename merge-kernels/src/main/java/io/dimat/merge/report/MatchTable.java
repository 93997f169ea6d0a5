package io.dimat.merge.report;

import io.dimat.align.ActivationMatching;
import io.dimat.align.Alignment;
import io.dimat.align.BasisChange;
import io.dimat.align.CrossMoments;
import io.dimat.align.GroupMatch;
import io.dimat.align.MatchPoints;
import io.dimat.align.PermutationSpec;
import io.dimat.merge.MergeInput;
import io.dimat.merge.Merged;
import io.dimat.protocol.GroupMetrics;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Matching quality of a merge by parent and permutation group, measured on the probe whatever the
 * method looked at: correlations at the last match point, before and after.
 */
public final class MatchTable {
  private MatchTable() {}

  /**
   * The table, by parent and then by group; empty for a merge that aligned nothing.
   *
   * @param names of the models, by agent
   */
  public static List<GroupQuality> of(
      MergeInput input, Merged merged, SortedMap<Integer, String> names) {
    PermutationSpec spec = PermutationSpec.of(input.network());
    if (merged.alignments().isEmpty() || spec.groups().isEmpty()) {
      return List.of();
    }
    SortedMap<Integer, ParamVector> others = new TreeMap<>(input.models());
    others.remove(input.reference());
    List<List<CrossMoments>> moments =
        input
            .probe()
            .crossMoments(
                input.referenceModel(),
                List.copyOf(others.values()),
                spec.matchPoints(MatchPoints.LAST));
    List<GroupQuality> rows = new ArrayList<>();
    int k = 0;
    for (int agent : others.keySet()) {
      rows.addAll(rows(spec, moments.get(k++), merged, agent, names.get(agent)));
    }
    return rows;
  }

  private static List<GroupQuality> rows(
      PermutationSpec spec, List<CrossMoments> moments, Merged merged, int agent, String name) {
    List<GroupMatch> before = matches(spec, moments, Alignment.identity(spec));
    BasisChange change = merged.alignments().get(agent);
    List<GroupQuality> rows = new ArrayList<>();
    if (change instanceof Alignment alignment) {
      List<GroupMatch> after = matches(spec, moments, alignment);
      for (int g = 0; g < after.size(); g++) {
        GroupMatch match = after.get(g);
        rows.add(
            row(
                name,
                before.get(g),
                match.matchedCorrelation(),
                match.tiedUnits(),
                match.identityFraction()));
      }
    } else {
      for (int g = 0; g < before.size(); g++) {
        double mixed = mixedCorrelation(merged, agent, before.get(g).group());
        rows.add(row(name, before.get(g), mixed, 0, Double.NaN));
      }
    }
    return rows;
  }

  /** Of a group as the merge itself found it; NaN where it left the group or the model out. */
  private static double mixedCorrelation(Merged merged, int agent, String group) {
    return merged.matches().getOrDefault(agent, List.of()).stream()
        .filter(metrics -> metrics.group().equals(group))
        .mapToDouble(GroupMetrics::correlation)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static List<GroupMatch> matches(
      PermutationSpec spec, List<CrossMoments> moments, Alignment alignment) {
    return ActivationMatching.describe(spec, moments, MatchPoints.LAST, alignment);
  }

  private static GroupQuality row(
      String parent, GroupMatch before, double after, int ties, double identityFraction) {
    return new GroupQuality(
        parent,
        before.group(),
        before.units(),
        before.matchedCorrelation(),
        after,
        identityFraction,
        before.deadUnits(),
        ties);
  }
}

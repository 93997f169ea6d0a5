package io.dimat.merge;

import io.dimat.align.ActivationMatching;
import io.dimat.align.Alignment;
import io.dimat.align.CrossMoments;
import io.dimat.align.Matching;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.ModelPair;
import io.dimat.protocol.GroupMetrics;
import io.dimat.protocol.Metric;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Activation matching (DIMAT, arXiv 2404.08079, equation 3): {@code w_i x_i + sum_j w_j P_ij x_j},
 * where P_ij permutes j's hidden units, group by group, onto those units of reference i they
 * correlate with best on the probe.
 *
 * <p>All neighbours are matched to the reference independently and averaged at once. Cost for d
 * neighbours: d + 1 forward passes over the probe, one product and one assignment per group and
 * neighbour.
 */
public final class ActivationMerge implements MergeOperator {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "activation matching";
  }

  @Override
  public boolean aligns() {
    return true;
  }

  @Override
  public Merged merge(MergeInput input) {
    PermutationSpec spec = PermutationSpec.of(input.network());
    SortedMap<Integer, ParamVector> others = new TreeMap<>(input.models());
    others.remove(input.reference());
    List<Matching> matches =
        input.recorder().timed(Metric.SECONDS_ALIGN, () -> match(input, spec, others));
    return input
        .recorder()
        .timed(Metric.SECONDS_MERGE, () -> average(input, spec, others, matches));
  }

  private static List<Matching> match(
      MergeInput input, PermutationSpec spec, SortedMap<Integer, ParamVector> others) {
    List<ParamVector> models = new ArrayList<>(List.of(input.referenceModel()));
    models.addAll(others.values());
    List<List<CrossMoments>> moments =
        input.probe().crossMoments(models, ModelPair.star(others.size()), spec.matchPoints());
    return moments.stream().map(m -> ActivationMatching.match(spec, m)).toList();
  }

  private static Merged average(
      MergeInput input,
      PermutationSpec spec,
      SortedMap<Integer, ParamVector> others,
      List<Matching> matches) {
    SortedMap<Integer, ParamVector> aligned = new TreeMap<>(input.models());
    SortedMap<Integer, Alignment> alignments = new TreeMap<>();
    int k = 0;
    for (int agent : others.keySet()) {
      Alignment alignment = matches.get(k++).alignment();
      alignments.put(agent, alignment);
      aligned.put(agent, spec.apply(alignment, others.get(agent)));
    }
    return new Merged(input.weightedSum(aligned), alignments, groups(spec, matches));
  }

  private static List<GroupMetrics> groups(PermutationSpec spec, List<Matching> matches) {
    List<GroupMetrics> rows = new ArrayList<>();
    for (int g = 0; g < spec.groups().size() && !matches.isEmpty(); g++) {
      int group = g;
      rows.add(
          new GroupMetrics(
              spec.groups().get(g).name(),
              matches.stream()
                  .mapToDouble(m -> m.groups().get(group).matchedCorrelation())
                  .average()
                  .orElseThrow(),
              matches.stream()
                  .mapToDouble(m -> m.groups().get(group).identityFraction())
                  .average()
                  .orElseThrow()));
    }
    return rows;
  }
}

package io.dimat.merge;

import io.dimat.align.BasisChange;
import io.dimat.align.MatchPoints;
import io.dimat.align.PermutationSpec;
import io.dimat.protocol.GroupMetrics;
import io.dimat.protocol.Metric;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings every model into the reference's units and averages: {@code w_i x_i + sum_j w_j P_ij x_j}
 * (DIMAT, arXiv 2404.08079, equation 3), whatever finds P_ij.
 *
 * @param aligner finds what brings the others into the reference's units
 * @param folding all at once, or one after the other
 */
public record AlignedMerge(Aligner aligner, Folding folding) implements MergeOperator {
  @Override
  public String name() {
    return folding == Folding.JOINT ? aligner.name() : aligner.name() + ", one after the other";
  }

  @Override
  public boolean aligns() {
    return true;
  }

  @Override
  public boolean mixesUnits() {
    return aligner.mixesUnits();
  }

  @Override
  public Optional<MatchPoints> observed() {
    return folding == Folding.JOINT ? aligner.observed() : Optional.empty();
  }

  @Override
  public Merged merge(MergeInput input) {
    PermutationSpec spec = PermutationSpec.of(input.network());
    SortedMap<Integer, ParamVector> others = new TreeMap<>(input.models());
    others.remove(input.reference());
    List<Aligner.Found> found =
        input.recorder().timed(Metric.SECONDS_ALIGN, () -> find(spec, input, others));
    return input.recorder().timed(Metric.SECONDS_MERGE, () -> average(spec, input, others, found));
  }

  private List<Aligner.Found> find(
      PermutationSpec spec, MergeInput input, SortedMap<Integer, ParamVector> others) {
    List<ParamVector> models = List.copyOf(others.values());
    return folding == Folding.JOINT
        ? aligner.align(spec, input.referenceModel(), models, input.probe())
        : findInTurn(spec, input, others);
  }

  private List<Aligner.Found> findInTurn(
      PermutationSpec spec, MergeInput input, SortedMap<Integer, ParamVector> others) {
    List<Aligner.Found> found = new ArrayList<>();
    ParamVector mean = input.referenceModel();
    double weight = input.weights().get(input.reference());
    for (int agent : others.keySet()) {
      ParamVector other = others.get(agent);
      Aligner.Found next = aligner.align(spec, mean, List.of(other), input.probe()).get(0);
      found.add(next);
      double more = input.weights().get(agent);
      if (more != 0 && agent != others.lastKey()) {
        mean = folded(input, mean, weight, next.change().applyTo(spec, other), more);
        weight += more;
      }
    }
    return found;
  }

  /**
   * The weighted mean with one model more, its batch norm re-estimated so that it can be matched.
   */
  private static ParamVector folded(
      MergeInput input, ParamVector mean, double weight, ParamVector aligned, double more) {
    double[] shares = {weight / (weight + more), more / (weight + more)};
    ParamVector sum = ParamVector.weightedSum(shares, List.of(mean, aligned));
    return BatchNormPolicy.RECALIBRATE.apply(sum, mean, input.probe());
  }

  private static Merged average(
      PermutationSpec spec,
      MergeInput input,
      SortedMap<Integer, ParamVector> others,
      List<Aligner.Found> found) {
    SortedMap<Integer, ParamVector> aligned = new TreeMap<>(input.models());
    SortedMap<Integer, BasisChange> changes = new TreeMap<>();
    SortedMap<Integer, List<GroupMetrics>> matches = new TreeMap<>();
    int k = 0;
    for (int agent : others.keySet()) {
      Aligner.Found one = found.get(k++);
      changes.put(agent, one.change());
      matches.put(agent, one.groups());
      aligned.put(agent, one.change().applyTo(spec, others.get(agent)));
    }
    return new Merged(input.weightedSum(aligned), changes, matches);
  }
}

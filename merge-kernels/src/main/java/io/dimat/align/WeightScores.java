package io.dimat.align;

import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Inner products of two models' trainable weights, group by group. A tensor counts for a group once
 * per axis that follows it; running statistics never count.
 */
final class WeightScores {
  private final PermutationSpec spec;
  private final MatrixProduct product;
  private final float[] reference;
  private final float[] other;

  WeightScores(
      PermutationSpec spec, ParamVector reference, ParamVector other, MatrixProduct product) {
    this.spec = spec;
    this.product = product;
    this.reference = reference.toArray();
    this.other = other.toArray();
  }

  /** A stretch of a trainable tensor that follows a group. */
  private record Term(ParamSlice slice, PermutedAxis stretch) {}

  private List<Term> terms(int group) {
    List<Term> terms = new ArrayList<>();
    for (PermutedAxis stretch : spec.groups().get(group).axes()) {
      ParamSlice slice = spec.layout().slice(stretch.tensor());
      if (slice.role() == Role.TRAINABLE) {
        terms.add(new Term(slice, stretch));
      }
    }
    return terms;
  }

  /** Groups along the other axis of a term. */
  private IntPredicate across(Term term) {
    return group ->
        spec.followers(term.slice.name()).stream()
            .anyMatch(f -> f.group() == group && f.stretch().axis() != term.stretch.axis());
  }

  /**
   * Groups that the scores of this one depend on, itself only if it is on both axes of a tensor.
   */
  List<Integer> dependencies(int group) {
    IntPredicate any =
        terms(group).stream().map(this::across).reduce(IntPredicate::or).orElse(g -> false);
    return spec.groups().stream().map(PermutationGroup::index).filter(any::test).toList();
  }

  /**
   * For every pair of units (r, c) the inner product of all weights of reference unit r with those
   * of other unit c, the other axes gathered by the current alignment. Products in single
   * precision, summed over tensors in double.
   *
   * @param settled only tensors whose other axis follows groups of this kind, or none, count
   */
  UnitScores of(int group, Alignment current, IntPredicate settled) {
    int units = spec.groups().get(group).size();
    double[] scores = new double[units * units];
    IntPredicate open = settled.negate();
    for (Term term : terms(group)) {
      boolean counts =
          spec.followers(term.slice.name()).stream()
              .map(PermutationSpec.Follower::group)
              .noneMatch(g -> across(term).and(open).test(g));
      if (counts) {
        add(term, units, current, scores);
      }
    }
    return new UnitScores(scores, units);
  }

  private void add(Term term, int units, Alignment current, double[] scores) {
    UnitBlocks blocks = UnitBlocks.of(term.slice, term.stretch, units);
    float[] gathered = new float[term.slice.length()];
    spec.gatherAxis(term.slice, 1 - term.stretch.axis(), current)
        .gather(other, term.slice.offset(), gathered, 0);
    float[] columns = blocks.movedBy(-term.slice.offset()).unitColumns(gathered);
    float[] products =
        product.transposedTimes(
            blocks.unitColumns(reference), columns, blocks.depth(), units, units);
    for (int i = 0; i < scores.length; i++) {
      scores[i] += products[i];
    }
  }

  /** Inner product of all trainable weights of the reference and of the aligned other model. */
  double total(Alignment alignment) {
    return spec.layout().slices().stream()
        .filter(s -> s.role() == Role.TRAINABLE)
        .mapToDouble(s -> total(s, alignment))
        .sum();
  }

  /** The part of the {@link #total(Alignment)} that a group's permutation can change. */
  double total(int group, Alignment alignment) {
    return terms(group).stream()
        .map(Term::slice)
        .distinct()
        .mapToDouble(s -> total(s, alignment))
        .sum();
  }

  private double total(ParamSlice slice, Alignment alignment) {
    float[] gathered = new float[slice.length()];
    spec.gather(slice, alignment).gather(other, slice.offset(), gathered, 0);
    double sum = 0;
    for (int i = 0; i < gathered.length; i++) {
      sum += (double) reference[slice.offset() + i] * gathered[i];
    }
    return sum;
  }

  /** How well the units fit: {@link WeightMatching} says what the numbers mean. */
  GroupMatch describe(PermutationGroup group, UnitScores scores, Permutation pairs) {
    double[] lengths = squaredLengths(group, reference);
    double[] otherLengths = squaredLengths(group, other);
    double length = Math.sqrt(Arrays.stream(lengths).sum() * Arrays.stream(otherLengths).sum());
    double objective = scores.sum(pairs);
    return new GroupMatch(
        group.name(),
        group.size(),
        length == 0 ? 0 : objective / length,
        pairs.identityFraction(),
        zeros(lengths) + zeros(otherLengths),
        scores.ties(pairs, dead(lengths)),
        objective);
  }

  private static int zeros(double[] lengths) {
    return (int) Arrays.stream(lengths).filter(l -> l == 0).count();
  }

  private static boolean[] dead(double[] lengths) {
    boolean[] dead = new boolean[lengths.length];
    for (int u = 0; u < dead.length; u++) {
      dead[u] = lengths[u] == 0;
    }
    return dead;
  }

  /** Per unit, the sum of squares of its weights. */
  private double[] squaredLengths(PermutationGroup group, float[] values) {
    double[] lengths = new double[group.size()];
    for (Term term : terms(group.index())) {
      float[] rows = UnitBlocks.of(term.slice, term.stretch, group.size()).unitRows(values);
      int depth = rows.length / group.size();
      for (int i = 0; i < rows.length; i++) {
        lengths[i / depth] += (double) rows[i] * rows[i];
      }
    }
    return lengths;
  }
}

package io.dimat.align;

import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * One permutation per group of a {@link PermutationSpec}: what rewrites a model's parameters into
 * another model's basis.
 *
 * @param permutations in the order of {@link PermutationSpec#groups()}
 */
public record Alignment(List<Permutation> permutations) implements BasisChange {
  public Alignment {
    permutations = List.copyOf(permutations);
  }

  /** Leaves every unit where it is. */
  public static Alignment identity(PermutationSpec spec) {
    return new Alignment(spec.groups().stream().map(g -> Permutation.identity(g.size())).toList());
  }

  /** Uniform over all legal alignments. */
  public static Alignment random(PermutationSpec spec, long seed) {
    UniformRandomProvider seeds = RandomSource.SPLIT_MIX_64.create(seed);
    return new Alignment(
        spec.groups().stream().map(g -> Permutation.random(g.size(), seeds.nextLong())).toList());
  }

  /** The permutation of a group. */
  public Permutation get(int group) {
    return permutations.get(group);
  }

  /** This alignment with one group's permutation replaced. */
  Alignment with(int group, Permutation permutation) {
    List<Permutation> changed = new ArrayList<>(permutations);
    changed.set(group, permutation);
    return new Alignment(changed);
  }

  /** {@link PermutationSpec#apply}. */
  @Override
  public ParamVector applyTo(PermutationSpec spec, ParamVector vector) {
    return spec.apply(this, vector);
  }

  @Override
  public double[] carry(int group, double[] perUnit) {
    Permutation permutation = get(group);
    BasisChange.requireUnits(group, permutation.size(), perUnit);
    double[] carried = new double[perUnit.length];
    Arrays.setAll(carried, r -> perUnit[permutation.get(r)]);
    return carried;
  }

  /** The alignment that undoes this one. */
  public Alignment inverse() {
    return new Alignment(permutations.stream().map(Permutation::inverse).toList());
  }

  /**
   * Applying the result is applying this alignment and then {@code next}; composed around a cycle
   * of agents it shows how far their alignments contradict each other.
   *
   * @throws IllegalArgumentException if the groups differ in number or size
   */
  public Alignment compose(Alignment next) {
    if (next.permutations.size() != permutations.size()) {
      throw new IllegalArgumentException(
          "alignments compose for equal numbers of groups, got "
              + permutations.size()
              + " and "
              + next.permutations.size());
    }
    return new Alignment(
        IntStream.range(0, permutations.size())
            .mapToObj(g -> get(g).compose(next.get(g)))
            .toList());
  }

  public boolean isIdentity() {
    return permutations.stream().allMatch(Permutation::isIdentity);
  }

  /** Share of all units that stay where they are, in [0, 1]; 1 if there is nothing to permute. */
  public double identityFraction() {
    int units = permutations.stream().mapToInt(Permutation::size).sum();
    int fixed = permutations.stream().mapToInt(Permutation::fixedUnits).sum();
    return units == 0 ? 1 : (double) fixed / units;
  }
}

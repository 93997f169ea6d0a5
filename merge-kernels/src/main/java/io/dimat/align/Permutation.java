package io.dimat.align;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A bijection p of {0, ..., n - 1} in gather convention: new unit r is old unit p(r). Immutable.
 */
public final class Permutation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] from;

  private Permutation(int[] from) {
    this.from = from;
  }

  /**
   * The permutation that takes new unit r from old unit {@code from[r]}.
   *
   * @param from copied
   * @throws IllegalArgumentException if it is no bijection of {0, ..., from.length - 1}
   */
  public static Permutation of(int... from) {
    boolean[] taken = new boolean[from.length];
    for (int r = 0; r < from.length; r++) {
      int unit = from[r];
      if (unit < 0 || unit >= from.length || taken[unit]) {
        throw new IllegalArgumentException(
            "a permutation of %d units takes every unit once, got %d at %d"
                .formatted(from.length, unit, r));
      }
      taken[unit] = true;
    }
    return new Permutation(from.clone());
  }

  public static Permutation identity(int size) {
    int[] from = new int[size];
    Arrays.setAll(from, r -> r);
    return new Permutation(from);
  }

  /** Uniform over all permutations of that size. */
  public static Permutation random(int size, long seed) {
    int[] from = PermutationSampler.natural(size);
    PermutationSampler.shuffle(RandomSource.XO_SHI_RO_256_PP.create(seed), from);
    return new Permutation(from);
  }

  public int size() {
    return from.length;
  }

  /** The old unit that becomes new unit r. */
  public int get(int r) {
    return from[r];
  }

  /** A copy: element r is {@link #get get(r)}. */
  public int[] toArray() {
    return from.clone();
  }

  /** The permutation that undoes this one. */
  public Permutation inverse() {
    int[] inverse = new int[from.length];
    for (int r = 0; r < from.length; r++) {
      inverse[from[r]] = r;
    }
    return new Permutation(inverse);
  }

  /**
   * {@code r -> this(next(r))}: gathering by the result is gathering by this permutation and then
   * by {@code next}.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public Permutation compose(Permutation next) {
    if (next.size() != size()) {
      throw new IllegalArgumentException(
          "permutations compose for equal sizes, got " + size() + " and " + next.size());
    }
    int[] composed = new int[from.length];
    Arrays.setAll(composed, r -> from[next.from[r]]);
    return new Permutation(composed);
  }

  public boolean isIdentity() {
    return fixedUnits() == size();
  }

  /** Share of units that stay where they are, in [0, 1]; 1 for no units. */
  public double identityFraction() {
    return from.length == 0 ? 1 : (double) fixedUnits() / from.length;
  }

  /** Number of units that stay where they are. */
  int fixedUnits() {
    int fixed = 0;
    for (int r = 0; r < from.length; r++) {
      fixed += from[r] == r ? 1 : 0;
    }
    return fixed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Permutation that && Arrays.equals(from, that.from);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(from);
  }

  @Override
  public String toString() {
    return "Permutation" + Arrays.toString(from);
  }
}

package io.dimat.align;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * In which order coordinate descent visits things, sweep by sweep; its result depends on it. A
 * given order gives the same visits every time it is asked.
 */
@FunctionalInterface
public interface VisitingOrder {
  /**
   * One sweep.
   *
   * @param sweep from 0 on
   * @param count how many there are to visit
   * @return every number from 0 to {@code count - 1} once
   */
  Permutation sweep(int sweep, int count);

  /** From first to last, in every sweep. */
  static VisitingOrder ascending() {
    return (sweep, count) -> Permutation.identity(count);
  }

  /** Drawn anew for every sweep. */
  static VisitingOrder random(long seed) {
    return (sweep, count) -> {
      UniformRandomProvider random = RandomSource.SPLIT_MIX_64.create(seed + sweep);
      int[] order = PermutationSampler.natural(count);
      PermutationSampler.shuffle(random, order);
      return Permutation.of(order);
    };
  }

  /**
   * A recorded one.
   *
   * @param sweeps one permutation per sweep
   */
  static VisitingOrder recorded(List<Permutation> sweeps) {
    List<Permutation> kept = List.copyOf(sweeps);
    return (sweep, count) -> {
      if (sweep >= kept.size() || kept.get(sweep).size() != count) {
        throw new IllegalArgumentException(
            "the recorded visiting order needs sweep %d over %d groups, got %d sweeps over %s"
                .formatted(
                    sweep, count, kept.size(), kept.stream().map(Permutation::size).toList()));
      }
      return kept.get(sweep);
    };
  }
}

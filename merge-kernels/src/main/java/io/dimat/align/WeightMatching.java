package io.dimat.align;

import io.dimat.tensor.NotFiniteException;
import io.dimat.tensor.ParamVector;

/**
 * Weight matching (Git Re-Basin, arXiv 2209.04836): the alignment of the other model with the
 * largest inner product of trainable parameters, {@code max_p sum_k <reference_k, p(other)_k>}, by
 * coordinate descent over permutation groups. It needs no data. Batch-norm scale and shift count,
 * running statistics are permuted but do not count, logits keep their order.
 *
 * <p>With all other groups held, one group is a linear assignment. A new permutation is kept only
 * if the objective, computed in double, grows by more than 1e-12: so the objective never falls and
 * exact ties change nothing. Where weights leave a choice, units keep their index as in {@link
 * ActivationMatching}. The problem is NP-hard, and what is found depends on the visiting order.
 *
 * <p>In a {@link GroupMatch} of this class, {@code matchedCorrelation} is the cosine, in [-1, 1],
 * of all weights that touch the group in the two models, {@code objective} is their inner product,
 * and dead units are those whose weights are all zero. A tensor between two groups counts for both.
 */
public final class WeightMatching {
  /** Most sweeps of one descent. */
  public static final int MAX_SWEEPS = 100;

  private final PermutationSpec spec;
  private final MatrixProduct product;

  /**
   * Matching of models of one network.
   *
   * @param product used once per visit and axis
   */
  public WeightMatching(PermutationSpec spec, MatrixProduct product) {
    this.spec = spec;
    this.product = product;
  }

  /**
   * The best of several descents, the first of equals. The first one starts from the alignment that
   * follows from the images on, each group by those weights whose other side is matched already;
   * the others start from the identity and visit in random orders.
   *
   * @param reference full vector of the network's layout; not modified
   * @param other the same; not modified
   * @param seed of the random orders
   * @param restarts number of descents, at least 1
   * @throws IllegalArgumentException if a vector is not finite or of another layout, or restarts
   *     are fewer than 1
   */
  public WeightMatch best(ParamVector reference, ParamVector other, long seed, int restarts) {
    if (restarts < 1) {
      throw new IllegalArgumentException(
          "weight matching needs at least 1 restart, got " + restarts);
    }
    WeightScores scores = scores(reference, other);
    WeightDescent fromTheInput = new WeightDescent(scores, Alignment.identity(spec));
    fromTheInput.settleFromTheInput();
    WeightMatch best = descend(fromTheInput, VisitingOrder.ascending());
    for (int k = 1; k < restarts; k++) {
      WeightDescent descent = new WeightDescent(scores, Alignment.identity(spec));
      VisitingOrder order = VisitingOrder.random(seed + (long) k * MAX_SWEEPS);
      WeightMatch match = descend(descent, order);
      best = match.objective() > best.objective() ? match : best;
    }
    return best;
  }

  /**
   * One descent.
   *
   * @param reference full vector of the network's layout; not modified
   * @param other the same; not modified
   * @param start where the descent begins; the official code begins with the identity
   * @param order of the groups
   * @throws IllegalArgumentException if a vector is not finite or of another layout
   */
  public WeightMatch match(
      ParamVector reference, ParamVector other, Alignment start, VisitingOrder order) {
    spec.requireSizes(start.permutations().stream().map(Permutation::size).toList());
    WeightScores scores = scores(reference, other);
    return descend(new WeightDescent(scores, start), order);
  }

  /**
   * How well a given alignment brings weights together, whatever found it.
   *
   * @param reference full vector of the network's layout; not modified
   * @param other the same, before it is aligned; not modified
   * @throws IllegalArgumentException as {@link #match}
   */
  public WeightMatch describe(ParamVector reference, ParamVector other, Alignment alignment) {
    spec.requireSizes(alignment.permutations().stream().map(Permutation::size).toList());
    return new WeightDescent(scores(reference, other), alignment).result(spec.groups(), 0);
  }

  private WeightMatch descend(WeightDescent descent, VisitingOrder order) {
    int groups = spec.groups().size();
    int sweeps = 0;
    boolean progress = true;
    while (progress && sweeps < MAX_SWEEPS) {
      progress = false;
      for (int group : order.sweep(sweeps++, groups).toArray()) {
        progress |= descent.visit(group);
      }
    }
    return descent.result(spec.groups(), sweeps);
  }

  private WeightScores scores(ParamVector reference, ParamVector other) {
    requireUsable("reference", reference);
    requireUsable("other", other);
    return new WeightScores(spec, reference, other, product);
  }

  private void requireUsable(String name, ParamVector vector) {
    if (!vector.layout().equals(spec.layout())) {
      throw new IllegalArgumentException(
          "weight matching needs vectors of %s, got %s of %s"
              .formatted(spec.layout(), name, vector));
    }
    if (!vector.isFinite()) {
      throw new NotFiniteException(
          "weight matching needs finite vectors, got NaN or infinity in the " + name);
    }
  }
}

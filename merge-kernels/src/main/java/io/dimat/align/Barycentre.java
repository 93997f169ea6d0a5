package io.dimat.align;

import io.dimat.tensor.ParamVector;
import io.dimat.tensor.RunningMean;
import java.util.ArrayList;
import java.util.List;

/**
 * Alignments of several models to their common mean (MergeMany, Git Re-Basin, arXiv 2209.04836):
 * every model in turn is weight-matched to the mean of the others already permuted, until none
 * changes. It starts from all models matched to the reference and ends in the reference's basis.
 *
 * <p>The reference counts as one of the models; it only fixes where the search starts and the order
 * of units in the end. The other models are visited and summed in an order that follows from their
 * contents, so that listing them otherwise gives the same alignments, bit by bit. The sum of inner
 * products over all pairs grows with every change, up to the rounding of the mean.
 *
 * @param alignments per model, in the order they were given; the identity for the reference
 * @param sweeps how often all models were visited, the last visits without progress included
 */
public record Barycentre(List<Alignment> alignments, int sweeps) {
  /** Most sweeps. */
  public static final int MAX_SWEEPS = 100;

  public Barycentre {
    alignments = List.copyOf(alignments);
  }

  /**
   * The barycentre's alignments.
   *
   * @param models at least 1, full vectors of the network's layout; not modified
   * @param reference index of the model whose basis is kept
   * @param seed of the visiting orders
   * @param product as in {@link WeightMatching}
   * @throws IllegalArgumentException if there is no such reference, or if a model is not finite or
   *     of another layout
   */
  public static Barycentre of(
      PermutationSpec spec,
      List<ParamVector> models,
      int reference,
      long seed,
      MatrixProduct product) {
    if (reference < 0 || reference >= models.size()) {
      throw new IllegalArgumentException(
          "a barycentre's reference is one of its %d models, got %d"
              .formatted(models.size(), reference));
    }
    List<Integer> order = ContentOrder.referenceFirst(models, reference);
    List<ParamVector> ordered = order.stream().map(models::get).toList();
    Search search = new Search(spec, ordered, seed, new WeightMatching(spec, product));
    int sweeps = search.run();
    Alignment toReference = search.alignments.get(0).inverse();
    Alignment[] alignments = new Alignment[order.size()];
    for (int k = 0; k < order.size(); k++) {
      alignments[order.get(k)] = search.alignments.get(k).compose(toReference);
    }
    return new Barycentre(List.of(alignments), sweeps);
  }

  /** The models in a fixed order, the first one the reference, and their alignments so far. */
  private static final class Search {
    private final PermutationSpec spec;
    private final List<ParamVector> models;
    private final long seed;
    private final WeightMatching matching;
    private final List<Alignment> alignments = new ArrayList<>();
    private final List<ParamVector> aligned = new ArrayList<>();

    Search(PermutationSpec spec, List<ParamVector> models, long seed, WeightMatching matching) {
      this.spec = spec;
      this.models = models;
      this.seed = seed;
      this.matching = matching;
      for (ParamVector model : models) {
        boolean first = alignments.isEmpty();
        Alignment start =
            first
                ? Alignment.identity(spec)
                : matching.best(models.get(0), model, seed, 1).alignment();
        alignments.add(start);
        aligned.add(spec.apply(start, model));
      }
    }

    int run() {
      int sweeps = 0;
      VisitingOrder order = VisitingOrder.random(seed);
      boolean progress = models.size() > 1;
      while (progress && sweeps < MAX_SWEEPS) {
        progress = false;
        for (int model : order.sweep(sweeps++, models.size()).toArray()) {
          progress |= improve(model);
        }
      }
      return sweeps;
    }

    /** Matches one model to the mean of the others; true if its alignment has changed. */
    private boolean improve(int model) {
      RunningMean others = new RunningMean(spec.layout());
      for (int k = 0; k < aligned.size(); k++) {
        if (k != model) {
          others.add(aligned.get(k));
        }
      }
      Alignment before = alignments.get(model);
      Alignment after =
          matching
              .match(others.mean(), models.get(model), before, VisitingOrder.random(seed))
              .alignment();
      alignments.set(model, after);
      aligned.set(model, spec.apply(after, models.get(model)));
      return !after.equals(before);
    }
  }
}

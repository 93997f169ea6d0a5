package io.dimat.learn;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.MatrixProduct;
import io.dimat.align.UnitFeatures;
import io.dimat.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Sums the joint moments of pairs of models batch by batch, whatever engine computes the features.
 * Every model's features are asked for once per batch and dropped after their last use, so a star
 * of pairs (0, 1), (0, 2), ... holds two models' activations at a time.
 */
public final class PairMoments {
  private final List<ModelPair> pairs;
  private final MatrixProduct product;
  private final List<List<CrossMoments>> sums = new ArrayList<>();

  /**
   * Nothing summed yet.
   *
   * @param points where units are observed; the layers are the network's
   */
  public PairMoments(
      Network network, List<ModelPair> pairs, List<MatchPoint> points, MatrixProduct product) {
    this.pairs = List.copyOf(pairs);
    this.product = product;
    for (int k = 0; k < pairs.size(); k++) {
      List<CrossMoments> nothing = new ArrayList<>();
      points.forEach(p -> nothing.add(CrossMoments.empty(network.shape(p.layer()).channels())));
      sums.add(nothing);
    }
  }

  /**
   * Adds one batch.
   *
   * @param features of a model on the batch, one per point in order; called once per model that a
   *     pair names, in ascending order
   */
  public void add(IntFunction<List<UnitFeatures>> features) {
    SortedMap<Integer, List<UnitFeatures>> live = new TreeMap<>();
    pairs.stream()
        .flatMap(pair -> List.of(pair.a(), pair.b()).stream())
        .sorted()
        .distinct()
        .forEach(
            model -> {
              live.put(model, features.apply(model));
              compare(model, live);
              live.keySet().removeIf(earlier -> !isNeededAfter(model, earlier));
            });
  }

  /** All pairs that {@code model} completes. */
  private void compare(int model, SortedMap<Integer, List<UnitFeatures>> live) {
    for (int k = 0; k < pairs.size(); k++) {
      if (pairs.get(k).b() == model) {
        add(sums.get(k), live.get(pairs.get(k).a()), live.get(model));
      }
    }
  }

  private boolean isNeededAfter(int model, int earlier) {
    return pairs.stream().anyMatch(pair -> pair.a() == earlier && pair.b() > model);
  }

  private void add(List<CrossMoments> sum, List<UnitFeatures> a, List<UnitFeatures> b) {
    for (int p = 0; p < sum.size(); p++) {
      sum.set(p, sum.get(p).plus(CrossMoments.between(a.get(p), b.get(p), product)));
    }
  }

  /** For every pair, in order, the moments of all batches so far, one per point. */
  public List<List<CrossMoments>> sums() {
    return sums.stream().map(List::copyOf).toList();
  }
}

package io.dimat.merge;

import io.dimat.network.Network;
import io.dimat.protocol.Recorder;
import io.dimat.tensor.ParamVector;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a merge operator works on.
 *
 * @param reference whose basis the result is in; a key of {@code models}
 * @param models by agent, ascending, at least one
 * @param weights one per model; they sum to 1
 * @param probe the images to match and recalibrate on
 * @param recorder where seconds go
 */
public record MergeInput(
    int reference,
    SortedMap<Integer, ParamVector> models,
    SortedMap<Integer, Double> weights,
    Probe probe,
    Recorder recorder) {
  private static final double TOLERANCE = 1e-9;

  public MergeInput {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    if (!models.keySet().equals(weights.keySet())) {
      throw new IllegalArgumentException(
          "a merge needs one weight per model, got models "
              + models.keySet()
              + " and weights "
              + weights.keySet());
    }
    if (!models.containsKey(reference)) {
      throw new IllegalArgumentException(
          "the reference must be among the models, got " + reference + " and " + models.keySet());
    }
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    if (!(Math.abs(sum - 1) <= TOLERANCE)) {
      throw new IllegalArgumentException("merge weights must sum to 1, got " + sum);
    }
  }

  /** Of all models. */
  public Network network() {
    return probe.network();
  }

  /** The model whose basis the result is in. */
  public ParamVector referenceModel() {
    return models.get(reference);
  }

  /** {@code sum_k w_k aligned_k} in ascending order of agents. */
  ParamVector weightedSum(SortedMap<Integer, ParamVector> aligned) {
    double[] w = weights.values().stream().mapToDouble(Double::doubleValue).toArray();
    return ParamVector.weightedSum(w, List.copyOf(aligned.values()));
  }
}

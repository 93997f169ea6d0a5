package io.dimat.merge;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.learn.ModelPair;
import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;

/**
 * What merging may ask of the probe images. An operator never sees an image, only sums over them,
 * so the probe may be one agent's batches or spread over a cluster.
 */
public interface Probe {
  /** Of the models that are merged. */
  Network network();

  /**
   * Joint moments of the units of pairs of models, in evaluation mode: one pass per model.
   *
   * @param points where units are observed
   * @return for every pair, in order, one {@link CrossMoments} per point, in order
   */
  List<List<CrossMoments>> crossMoments(
      List<ParamVector> models, List<ModelPair> pairs, List<MatchPoint> points);

  /**
   * One model against others: the pairs of the reference and every other.
   *
   * @return for every other model, in order, one {@link CrossMoments} per point, in order
   */
  default List<List<CrossMoments>> crossMoments(
      ParamVector reference, List<ParamVector> others, List<MatchPoint> points) {
    List<ParamVector> models = new ArrayList<>(List.of(reference));
    models.addAll(others);
    return crossMoments(models, ModelPair.star(others.size()), points);
  }

  /**
   * The model with all running statistics re-estimated: the plain mean, over the probe's batches,
   * of each batch's mean and unbiased variance in training mode.
   *
   * @param network of the model; has batch norm
   * @param model not modified
   */
  ParamVector recalibrated(Network network, ParamVector model);
}

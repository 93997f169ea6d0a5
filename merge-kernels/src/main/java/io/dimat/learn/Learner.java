package io.dimat.learn;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.network.Initialization;
import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;

/**
 * A learning engine holding the parameters of one network: the only thing that runs layers. Not
 * thread-safe; one learner belongs to one task at a time.
 *
 * <p>Contract, held by {@code LearnerContractTest} for every implementation: {@code store()} after
 * {@code load(p)} equals p bit for bit; methods that take parameters explicitly ({@code gradient},
 * {@code features}, {@code crossMoments}) leave the loaded ones as they were; the same calls give
 * the same bits on the same {@link #backend()}.
 */
public interface Learner extends AutoCloseable {
  Network network();

  /** Fresh parameters, drawn from {@code seed}. */
  default ParamVector start(long seed) {
    return Initialization.kaiming(network(), seed);
  }

  /** Replaces parameters and running statistics by a copy of {@code params}. */
  void load(ParamVector params);

  /** A copy of the current parameters and running statistics. */
  ParamVector store();

  /**
   * One pass over the batches: forward and backward in training mode, one optimizer step per batch.
   * Modifies the loaded parameters, the running statistics and the optimizer's state.
   */
  TrainingStats train(LocalOptimizer optimizer, BatchSource batches);

  /**
   * Loss and gradient of one batch at {@code at}, in training mode (batch statistics normalise).
   */
  Gradient gradient(ParamVector at, Batch batch, StatisticsPolicy policy);

  /**
   * What the last dense layer reads, at {@code at} and in training mode (batch statistics
   * normalise, running ones neither count nor move).
   *
   * @return [images, width] row-major
   * @throws UnsupportedOperationException if the engine cannot
   */
  default float[] features(ParamVector at, Batch batch) {
    throw new UnsupportedOperationException(backend() + " does not give hidden features");
  }

  /**
   * Loss and gradient of one batch at {@code at}, in training mode, with hidden features pulled
   * towards targets: the loss is that of {@link #gradient(ParamVector, Batch, StatisticsPolicy)}
   * plus {@link FeatureTargets#penalty} of {@link #features}.
   *
   * @throws UnsupportedOperationException if the engine cannot
   */
  default Gradient gradient(
      ParamVector at, Batch batch, FeatureTargets targets, StatisticsPolicy policy) {
    throw new UnsupportedOperationException(backend() + " does not pull hidden features");
  }

  /** Logits of the loaded model in evaluation mode, [images, classes] row-major. */
  float[] logits(Batch batch);

  /** Loss and right answers of the loaded model in evaluation mode. */
  Evaluation evaluate(BatchSource batches);

  /**
   * Re-estimates all running statistics of the loaded model: they become the plain mean, over the
   * batches, of each batch's mean and unbiased variance in training mode. Trainable parameters
   * stay. Does nothing for a network without batch norm, whatever the batches.
   *
   * @throws IllegalArgumentException if there are no batches, which would leave statistics of no
   *     images; the loaded model stays as it was
   */
  void recalibrate(BatchSource batches);

  /**
   * Runs models on the same probe images in evaluation mode and sums the joint moments of the units
   * of some pairs of them: one forward pass per model and batch, one product per pair and point.
   * Memory: the activations of one batch, of the models that are still to be compared.
   *
   * @param points where units are observed
   * @return for every pair, in order, one {@link CrossMoments} per point, in order
   */
  List<List<CrossMoments>> crossMoments(
      List<ParamVector> models, List<ModelPair> pairs, BatchSource probe, List<MatchPoint> points);

  /**
   * One model against others: the pairs (0, k) of the reference and every other.
   *
   * @return for every other model, in order, one {@link CrossMoments} per point, in order
   */
  default List<List<CrossMoments>> crossMoments(
      ParamVector reference, List<ParamVector> others, BatchSource probe, List<MatchPoint> points) {
    List<ParamVector> models = new ArrayList<>(List.of(reference));
    models.addAll(others);
    return crossMoments(models, ModelPair.star(others.size()), probe, points);
  }

  /**
   * A learner of the same engine for another network, its parameters all zero. The caller closes
   * it.
   */
  Learner forNetwork(Network other);

  /** What the numbers depend on: engine, version, native backend, instruction set, threads. */
  String backend();

  @Override
  void close();
}

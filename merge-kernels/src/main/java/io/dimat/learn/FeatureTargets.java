package io.dimat.learn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors that the last hidden features z of a batch are pulled towards, beside cross-entropy.
 *
 * <pre>
 * sum_k lambda_k 1 / (images width) sum_n |z_n - t_kn|^2
 * </pre>
 *
 * The targets are constants: no gradient goes through them. Immutable; arrays are copied in.
 */
public final class FeatureTargets implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int values;
  private final List<Double> weights;
  private final List<float[]> targets;

  private FeatureTargets(int values, List<Double> weights, List<float[]> targets) {
    this.values = values;
    this.weights = List.copyOf(weights);
    this.targets = List.copyOf(targets);
  }

  /** No target yet, for a batch of {@code images} and {@code width} features of each. */
  public static FeatureTargets none(int images, int width) {
    return new FeatureTargets(Math.multiplyExact(images, width), List.of(), List.of());
  }

  /**
   * These and one more.
   *
   * @param weight lambda, at least 0
   * @param towards t, [images, width] row-major
   */
  public FeatureTargets with(double weight, float[] towards) {
    if (towards.length != values || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "a target has %d values and a weight of at least 0, got %d and %s"
              .formatted(values, towards.length, weight));
    }
    List<Double> moreWeights = new ArrayList<>(weights);
    List<float[]> moreTargets = new ArrayList<>(targets);
    moreWeights.add(weight);
    moreTargets.add(towards.clone());
    return new FeatureTargets(values, moreWeights, moreTargets);
  }

  /**
   * What is added to the loss.
   *
   * @param features z, [images, width] row-major; not modified
   */
  public double penalty(double[] features) {
    requireLength(features);
    double penalty = 0;
    for (int k = 0; k < targets.size(); k++) {
      double sum = 0;
      for (int i = 0; i < values; i++) {
        double gap = features[i] - targets.get(k)[i];
        sum += gap * gap;
      }
      penalty += weights.get(k) * sum / values;
    }
    return penalty;
  }

  /**
   * Gradient of the penalty by the features.
   *
   * @return a new array [images, width]
   */
  public double[] slopes(double[] features) {
    requireLength(features);
    double[] slopes = new double[values];
    for (int k = 0; k < targets.size(); k++) {
      double scale = 2 * weights.get(k) / values;
      for (int i = 0; i < values; i++) {
        slopes[i] += scale * (features[i] - targets.get(k)[i]);
      }
    }
    return slopes;
  }

  private void requireLength(double[] features) {
    if (features.length != values) {
      throw new IllegalArgumentException(
          "the targets are for %d features of a batch, got %d".formatted(values, features.length));
    }
  }
}

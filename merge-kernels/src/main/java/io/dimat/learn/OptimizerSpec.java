package io.dimat.learn;

import java.io.Serializable;

/**
 * One optimizer as data; {@link #create()} makes its host realisation.
 *
 * @param kind which update
 * @param learningRate above 0
 * @param momentum in [0, 1), read by {@link Kind#MOMENTUM}
 * @param beta1 in [0, 1), read by {@link Kind#ADAM}
 * @param beta2 in [0, 1), read by {@link Kind#ADAM}
 * @param epsilon above 0, read by {@link Kind#ADAM}
 * @param weightDecay added to the gradient as {@code weightDecay * parameter}; 0 turns it off
 */
public record OptimizerSpec(
    Kind kind,
    double learningRate,
    double momentum,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay)
    implements Serializable {
  /** The update rules. */
  public enum Kind {
    SGD,
    MOMENTUM,
    ADAM
  }

  public OptimizerSpec {
    require(learningRate > 0, "learning rate must be above 0, got " + learningRate);
    require(momentum >= 0 && momentum < 1, "momentum must be in [0, 1), got " + momentum);
    require(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1), got " + beta1);
    require(beta2 >= 0 && beta2 < 1, "beta2 must be in [0, 1), got " + beta2);
    require(epsilon > 0, "epsilon must be above 0, got " + epsilon);
    require(weightDecay >= 0, "weight decay must not be negative, got " + weightDecay);
  }

  public static OptimizerSpec sgd(double learningRate) {
    return new OptimizerSpec(Kind.SGD, learningRate, 0, 0.9, 0.999, 1e-8, 0);
  }

  public static OptimizerSpec momentum(double learningRate, double momentum) {
    return new OptimizerSpec(Kind.MOMENTUM, learningRate, momentum, 0.9, 0.999, 1e-8, 0);
  }

  public static OptimizerSpec adam(double learningRate) {
    return new OptimizerSpec(Kind.ADAM, learningRate, 0, 0.9, 0.999, 1e-8, 0);
  }

  /** A fresh optimizer without state. */
  public LocalOptimizer create() {
    return switch (kind) {
      case SGD -> new Sgd(this);
      case MOMENTUM -> new MomentumSgd(this);
      case ADAM -> new Adam(this);
    };
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}

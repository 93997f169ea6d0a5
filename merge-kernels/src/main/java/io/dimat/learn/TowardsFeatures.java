package io.dimat.learn;

import io.dimat.tensor.ParamVector;

/** The gradient of cross-entropy plus a pull of the last hidden features towards targets. */
public record TowardsFeatures(FeatureTargets targets) implements GradientOracle {
  @Override
  public Gradient at(Learner learner, ParamVector at, Batch batch, StatisticsPolicy statistics) {
    return learner.gradient(at, batch, targets, statistics);
  }

  @Override
  public int passes() {
    return 1;
  }
}

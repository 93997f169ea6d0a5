package io.dimat.conf;

import io.dimat.algorithm.part.LocalWork;
import io.dimat.learn.OptimizerSpec;
import java.io.Serializable;

/** Local training between two merges. */
public record TrainConfig(
    OptimizerSpec.Kind optimizer,
    double learningRate,
    double momentum,
    double weightDecay,
    int batch,
    int epochsPerRound,
    int stepsPerRound,
    int averageEvery)
    implements Serializable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** The optimizer as the learners take it; Adam with its authors' constants. */
  public OptimizerSpec optimizerSpec() {
    return new OptimizerSpec(optimizer, learningRate, momentum, BETA1, BETA2, EPSILON, weightDecay);
  }

  /** What an agent does alone in a round of a method that merges once a round. */
  public LocalWork work() {
    return stepsPerRound == 0
        ? new LocalWork.Epochs(epochsPerRound)
        : new LocalWork.Steps(stepsPerRound);
  }

  static TrainConfig of(ConfigValues values) {
    return new TrainConfig(
        values.get(TrainKeys.OPTIMIZER),
        values.get(TrainKeys.LEARNING_RATE),
        values.get(TrainKeys.MOMENTUM),
        values.get(TrainKeys.WEIGHT_DECAY),
        values.get(TrainKeys.BATCH),
        values.get(TrainKeys.EPOCHS_PER_ROUND),
        values.get(TrainKeys.STEPS_PER_ROUND),
        values.get(TrainKeys.AVERAGE_EVERY));
  }
}

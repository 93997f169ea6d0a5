package io.dimat.conf;

import static io.dimat.conf.ConfigKey.choice;
import static io.dimat.conf.ConfigKey.counted;

import io.dimat.learn.OptimizerSpec;
import java.util.List;

/** Local training. */
final class TrainKeys {
  static final ConfigKey<OptimizerSpec.Kind> OPTIMIZER =
      choice(
          "train.optimizer",
          OptimizerSpec.Kind.ADAM,
          "update rule of local training",
          c -> c.train().optimizer());
  static final ConfigKey<Double> LEARNING_RATE =
      counted(
          "train.learning-rate",
          DecimalType.above(0),
          0.001,
          "step size",
          c -> c.train().learningRate());
  static final ConfigKey<Double> MOMENTUM =
      counted(
          "train.momentum",
          DecimalType.halfOpen(0, 1),
          0.9,
          "heavy-ball momentum, read by the momentum optimizer",
          c -> c.train().momentum());
  static final ConfigKey<Double> WEIGHT_DECAY =
      counted(
          "train.weight-decay",
          DecimalType.from(0),
          0.0,
          "factor of the parameters that is added to the gradient",
          c -> c.train().weightDecay());
  static final ConfigKey<Integer> BATCH =
      counted("train.batch", IntegerType.from(1), 100, "minibatch size", c -> c.train().batch());
  static final ConfigKey<Integer> EPOCHS_PER_ROUND =
      counted(
          "train.epochs-per-round",
          IntegerType.from(1),
          2,
          "local epochs between two merges",
          c -> c.train().epochsPerRound());
  static final ConfigKey<Integer> STEPS_PER_ROUND =
      counted(
          "train.steps-per-round",
          IntegerType.from(0),
          0,
          "minibatches of a round, the same number for every agent; 0: train.epochs-per-round counts",
          c -> c.train().stepsPerRound());
  static final ConfigKey<Integer> AVERAGE_EVERY =
      counted(
          "train.average-every",
          IntegerType.from(0),
          0,
          "minibatches between two averagings of algorithm parameter-averaging; 0: an averaging an epoch",
          c -> c.train().averageEvery());

  static final List<ConfigKey<?>> ALL =
      List.of(
          OPTIMIZER,
          LEARNING_RATE,
          MOMENTUM,
          WEIGHT_DECAY,
          BATCH,
          EPOCHS_PER_ROUND,
          STEPS_PER_ROUND,
          AVERAGE_EVERY);

  private TrainKeys() {}
}

package io.dimat.job;

import io.dimat.conf.RunConfig;
import io.dimat.conf.TrainConfig;

/**
 * How many rounds an algorithm gets: every algorithm evaluates as many gradients as plain local
 * training would in the rounds of the configuration.
 */
final class GradientBudget {
  private GradientBudget() {}

  /**
   * Rounds for each round of the configuration; below 1 where a step needs several gradients or a
   * round has more steps.
   *
   * @param plain the configuration without the algorithm's own settings
   */
  static double factor(RunConfig plain, JobPlan algorithm) {
    return work(plain.train()) / work(algorithm.config().train());
  }

  private static double work(TrainConfig train) {
    return train.epochsPerRound();
  }
}

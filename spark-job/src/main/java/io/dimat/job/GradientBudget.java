package io.dimat.job;

import io.dimat.conf.ConfigException;
import io.dimat.conf.RunConfig;
import io.dimat.conf.TrainConfig;
import io.dimat.graph.MixingSchedule;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many rounds an algorithm gets, so that all agents together evaluate as many gradients as they
 * would with one gradient a step in the rounds of the configuration:
 *
 * <pre>
 * factor = agents steps / (agents' steps' k)
 * </pre>
 *
 * with those of the algorithm primed, k the gradients of one of its steps. Where rounds are counted
 * in epochs, a round passes over all images however many agents share them, so that only epochs and
 * k count.
 */
final class GradientBudget {
  private GradientBudget() {}

  /**
   * Rounds for each round of the configuration; below 1 where a step needs several gradients or a
   * round has more steps.
   *
   * @param plain the configuration without the algorithm's own settings
   * @throws ConfigException if one counts rounds in minibatches and the other in epochs: how many
   *     minibatches an epoch has is known only when the images have been dealt
   */
  static double factor(RunConfig plain, JobPlan algorithm) {
    RunConfig own = algorithm.config();
    requireSameUnit(plain.train(), own.train());
    return work(plain) / work(own) / gradientsPerStep(algorithm);
  }

  /** Gradients of one step, among as many neighbours as agents have on average. */
  static double gradientsPerStep(JobPlan algorithm) {
    return algorithm.run().program().gradientsPerStep(neighbors(algorithm.run().mixing()));
  }

  private static double work(RunConfig config) {
    int steps = config.train().stepsPerRound();
    return steps == 0 ? config.train().epochsPerRound() : (double) config.agents() * steps;
  }

  private static void requireSameUnit(TrainConfig plain, TrainConfig own) {
    if ((plain.stepsPerRound() == 0) != (own.stepsPerRound() == 0)) {
      throw new ConfigException(
          List.of(
              "rounds must be counted in the same unit by all, got train.steps-per-round = %d here and %d in the comparison: set it for all or for none"
                  .formatted(own.stepsPerRound(), plain.stepsPerRound())));
    }
  }

  /** Mean over agents and matrices of the agents whose mail one takes. */
  private static double neighbors(MixingSchedule mixing) {
    return mixing.matrices().stream()
        .flatMapToInt(
            matrix ->
                IntStream.range(0, matrix.agents())
                    .map(
                        i -> matrix.row(i).headMap(i).size() + matrix.row(i).tailMap(i + 1).size()))
        .average()
        .orElse(0);
  }
}

package io.dimat.merge;

import io.dimat.align.ActivationMatching;
import io.dimat.align.Alignment;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.BatchSource;
import io.dimat.learn.Learner;
import io.dimat.protocol.ConsensusRule;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.RunningMean;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * One model of all agents', and how far they are from agreeing. Measured, never fed back into
 * training.
 *
 * @param model the plain mean, after alignment to agent 0 and batch-norm recalibration on agent 0's
 *     probe where the program aligns
 * @param distance {@code sqrt(1/n sum ||x_i - mean||^2)} over trainable parameters, every agent in
 *     its own basis
 * @param alignedDistance the same in agent 0's basis; empty where the program does not align
 */
public record ConsensusModel(ParamVector model, double distance, OptionalDouble alignedDistance) {

  /**
   * Streams over the agents, never holding more than two models and the sum.
   *
   * @param agents how many, at least 1
   * @param models by agent; called several times per agent, the same vector each time
   * @param learner its loaded parameters are replaced
   * @param probe agent 0's
   */
  public static ConsensusModel of(
      ConsensusRule rule,
      int agents,
      IntFunction<ParamVector> models,
      Learner learner,
      BatchSource probe) {
    ParamVector mean = mean(agents, models);
    double distance = distance(agents, models, mean);
    if (rule == ConsensusRule.PLAIN_MEAN) {
      return new ConsensusModel(mean, distance, OptionalDouble.empty());
    }
    IntFunction<ParamVector> aligned = aligned(agents, models, learner, probe);
    ParamVector alignedMean = mean(agents, aligned);
    double alignedDistance = distance(agents, aligned, alignedMean);
    ParamVector recalibrated =
        BatchNormPolicy.RECALIBRATE.apply(
            alignedMean, models.apply(0), new LocalProbe(learner, probe));
    return new ConsensusModel(recalibrated, distance, OptionalDouble.of(alignedDistance));
  }

  private static IntFunction<ParamVector> aligned(
      int agents, IntFunction<ParamVector> models, Learner learner, BatchSource probe) {
    PermutationSpec spec = PermutationSpec.of(learner.network());
    TreeMap<Integer, Alignment> alignments = new TreeMap<>();
    for (int agent = 1; agent < agents; agent++) {
      alignments.put(
          agent,
          ActivationMatching.match(
                  spec,
                  learner
                      .crossMoments(
                          models.apply(0), List.of(models.apply(agent)), probe, spec.matchPoints())
                      .get(0))
              .alignment());
    }
    return agent ->
        agent == 0 ? models.apply(0) : spec.apply(alignments.get(agent), models.apply(agent));
  }

  private static ParamVector mean(int agents, IntFunction<ParamVector> models) {
    RunningMean mean = new RunningMean(models.apply(0).layout());
    for (int agent = 0; agent < agents; agent++) {
      mean.add(models.apply(agent));
    }
    return mean.mean();
  }

  private static double distance(int agents, IntFunction<ParamVector> models, ParamVector mean) {
    double sum = 0;
    for (int agent = 0; agent < agents; agent++) {
      sum += models.apply(agent).squaredDistance(mean);
    }
    return Math.sqrt(sum / agents);
  }
}

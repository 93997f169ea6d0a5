package io.dimat.algorithm.merging;

import io.dimat.algorithm.part.LocalTraining;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import java.util.Set;

/**
 * The control without communication: every agent trains exactly as in {@link TrainThenMerge}, on
 * the same batches, and never hears of the others.
 */
public record TrainAlone(String name, LocalTraining training) implements AgentProgram {
  @Override
  public Phase start() {
    return training.start();
  }

  @Override
  public Plan round(int round) {
    return Plan.of(
        Phase.alone(
            "train",
            EvaluationPoint.TRAINED,
            (state, inbox, context) -> {
              AgentState trained = training.round(state, context);
              context.evaluate(trained.model());
              return StepResult.of(trained);
            }));
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return 0;
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of();
  }

  @Override
  public ConsensusRule consensus() {
    return ConsensusRule.PLAIN_MEAN;
  }
}

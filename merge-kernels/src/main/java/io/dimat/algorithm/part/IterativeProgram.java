package io.dimat.algorithm.part;

import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.Phase;
import io.dimat.tensor.ParamLayout;

/**
 * A method that exchanges at iterations. What is here holds for most of them; the others say
 * otherwise.
 */
public interface IterativeProgram extends AgentProgram {
  /** Minibatches, gradients and step sizes. */
  IterativeTraining training();

  /** Every agent starts as the training says. */
  @Override
  default Phase start() {
    return training().start();
  }

  /** One model in every iteration. */
  @Override
  default long bytesPerNeighbor(ParamLayout layout) {
    return training().bytesTold(layout, 1) * training().stepsPerRound();
  }

  /** The mean as it is: units stay where they are. */
  @Override
  default ConsensusRule consensus() {
    return ConsensusRule.PLAIN_MEAN;
  }
}

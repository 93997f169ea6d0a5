package io.dimat.algorithm;

import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.tensor.ParamLayout;
import java.util.Set;

/**
 * Stands for the control that is not decentralized: agents train from one model on their own
 * shards, and a driver replaces all models by their mean, as DL4J's Spark module does. It says what
 * a round consists of, for plans, manifests and reports; the work is not an agent's, so no engine
 * of agents can run it.
 *
 * @param training its epochs are the driver's: also those before the first round are averaged
 */
public record DriverAveraging(LocalTraining training) implements AgentProgram {
  /** Name in configurations and reports. */
  public static final String NAME = "parameter-averaging";

  public DriverAveraging {
    if (training.init() != InitPolicy.COMMON) {
      throw new IllegalArgumentException(
          NAME + " holds one model, got init = per-agent: choose init = common");
    }
    if (training.optimizerState() != OptimizerStatePolicy.RESET) {
      throw new IllegalArgumentException(
          NAME
              + " averages the optimizer's state within a round and starts rounds without it, got merge.optimizer-state = keep: choose merge.optimizer-state = reset");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Phase start() {
    return phase("start", EvaluationPoint.TRAINED);
  }

  @Override
  public Plan round(int round) {
    return Plan.of(phase("average", EvaluationPoint.MERGED));
  }

  private static Phase phase(String name, EvaluationPoint point) {
    return Phase.alone(
        name,
        point,
        (state, inbox, context) -> {
          throw new UnsupportedOperationException(NAME + " is run by a driver, not by agents");
        });
  }

  /** Agents do not send to each other. */
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

package io.dimat.algorithm;

import io.dimat.learn.LocalOptimizer;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.TrainingStats;
import io.dimat.network.Initialization;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Metric;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an agent does alone on its own shard: initialise, pretrain, train for some epochs a round.
 *
 * @param pretrainEpochs epochs before the first round, at least 0
 * @param epochsPerRound at least 1
 * @param batchSize images per step, at least 1; the last batch of an epoch may be smaller
 */
public record LocalTraining(
    InitPolicy init,
    int pretrainEpochs,
    int epochsPerRound,
    int batchSize,
    OptimizerSpec optimizer,
    OptimizerStatePolicy optimizerState)
    implements Serializable {
  private static final String STEPS = "optimizer.steps";

  public LocalTraining {
    if (pretrainEpochs < 0 || epochsPerRound < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "training needs pretrain epochs >= 0, epochs per round >= 1, batch >= 1, got %d, %d, %d"
              .formatted(pretrainEpochs, epochsPerRound, batchSize));
    }
  }

  /** Round 0: the initial model after pretraining. */
  public AgentState start(LocalContext context) {
    long seed = init.seed(context);
    AgentState fresh =
        AgentState.ofModel(Initialization.kaiming(context.learner().network(), seed));
    return train(fresh, pretrainEpochs, context);
  }

  /** One round of local work. */
  public AgentState round(AgentState state, LocalContext context) {
    return train(state, epochsPerRound, context);
  }

  private AgentState train(AgentState state, int epochs, LocalContext context) {
    if (epochs == 0) {
      return state;
    }
    LocalOptimizer local = optimizer.create();
    resume(local, state);
    TrainingStats stats =
        context
            .recorder()
            .timed(
                Metric.SECONDS_TRAIN,
                () -> {
                  context.learner().load(state.model());
                  TrainingStats sum = new TrainingStats(0, 0, 0);
                  for (int epoch = 0; epoch < epochs; epoch++) {
                    sum =
                        sum.plus(
                            context
                                .learner()
                                .train(
                                    local,
                                    context.data().training(context.round(), epoch, batchSize)));
                  }
                  return sum;
                });
    ParamVector model = context.learner().store();
    context.recorder().put(Metric.TRAIN_LOSS, model.isFinite() ? stats.loss() : Double.NaN);
    context.recorder().put(Metric.IMAGES_TRAINED, stats.images());
    return keep(local, AgentState.ofModel(model));
  }

  private AgentState keep(LocalOptimizer local, AgentState state) {
    if (optimizerState == OptimizerStatePolicy.RESET) {
      return state;
    }
    ParamLayout trainable = state.model().layout().trainable();
    AgentState kept = state.with(STEPS, (double) local.steps());
    for (Map.Entry<String, float[]> slot : local.slots().entrySet()) {
      kept =
          kept.with(
              LocalOptimizer.stateName(slot.getKey()), ParamVector.of(trainable, slot.getValue()));
    }
    return kept;
  }

  private static void resume(LocalOptimizer local, AgentState state) {
    SortedMap<String, float[]> slots = new TreeMap<>();
    state
        .vectors()
        .forEach(
            (name, vector) -> {
              if (LocalOptimizer.isStateName(name)) {
                slots.put(name.substring(LocalOptimizer.stateName("").length()), vector.toArray());
              }
            });
    local.restore(slots, (long) state.scalar(STEPS, 0));
  }
}

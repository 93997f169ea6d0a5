package io.dimat.algorithm.part;

import io.dimat.learn.BatchSource;
import io.dimat.learn.LocalOptimizer;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.TrainingStats;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Phase;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an agent does alone on its own shard: initialise, pretrain, train for some time every round.
 *
 * @param pretrainEpochs epochs before the first round, at least 0
 * @param work of a round
 * @param batchSize images per step, at least 1; the last batch of an epoch may be smaller
 */
public record LocalTraining(
    InitPolicy init,
    int pretrainEpochs,
    LocalWork work,
    int batchSize,
    OptimizerSpec optimizer,
    OptimizerStatePolicy optimizerState)
    implements Serializable {
  private static final String STEPS = "optimizer.steps";

  public LocalTraining {
    if (pretrainEpochs < 0 || batchSize < 1) {
      throw new IllegalArgumentException(
          "training needs pretrain epochs >= 0, batch >= 1, got %d, %d"
              .formatted(pretrainEpochs, batchSize));
    }
  }

  /** The starting phase: initialise, pretrain, measure. */
  public Phase start() {
    return Phase.alone(
        "start",
        EvaluationPoint.TRAINED,
        (none, inbox, context) -> {
          AgentState state = initial(context);
          context.evaluate(state.model());
          return StepResult.of(state);
        });
  }

  private AgentState initial(LocalContext context) {
    long seed = init.seed(context);
    AgentState fresh = AgentState.ofModel(context.learner().start(seed));
    return pretrainEpochs == 0
        ? fresh
        : train(fresh, new LocalWork.Epochs(pretrainEpochs).batches(context, batchSize), context);
  }

  /** One round of local work. */
  public AgentState round(AgentState state, LocalContext context) {
    return train(state, work.batches(context, batchSize), context);
  }

  private AgentState train(AgentState state, List<BatchSource> passes, LocalContext context) {
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
                  for (BatchSource batches : passes) {
                    sum = sum.plus(context.learner().train(local, batches));
                  }
                  return sum;
                });
    ParamVector model = context.learner().store();
    context.recorder().put(Metric.TRAIN_LOSS, model.isFinite() ? stats.loss() : Double.NaN);
    context.recorder().put(Metric.IMAGES_TRAINED, stats.images());
    context.recorder().put(Metric.GRADIENT_EVALUATIONS, stats.images());
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

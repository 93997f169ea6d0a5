package io.dimat.protocol;

import io.dimat.learn.AgentData;
import io.dimat.learn.Evaluation;
import io.dimat.learn.Learner;
import io.dimat.tensor.ParamVector;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Everything an agent may use besides its state and its mail.
 *
 * @param agent this agent's index
 * @param round 0 for the start, then 1, 2, ...
 * @param mixingRow weight by agent, self included, zeros left out
 * @param learner any parameters may be loaded at the start of a step
 */
public record LocalContext(
    int agent,
    int round,
    SortedMap<Integer, Double> mixingRow,
    Learner learner,
    AgentData data,
    Seeds seeds,
    EvaluationSchedule schedule,
    Recorder recorder) {

  /** Agents with a weight in the mixing row, self excluded, ascending. */
  public SortedSet<Integer> neighbors() {
    TreeSet<Integer> neighbors = new TreeSet<>(mixingRow.keySet());
    neighbors.remove(agent);
    return neighbors;
  }

  /** Records accuracy and loss of {@code model} on the evaluation images, if this round is due. */
  public void evaluate(ParamVector model) {
    if (!schedule.evaluatesAgents(round)) {
      return;
    }
    Evaluation evaluation =
        recorder.timed(
            Metric.SECONDS_EVALUATE,
            () -> {
              learner.load(model);
              return learner.evaluate(data.test());
            });
    recorder.put(Metric.TEST_ACCURACY, evaluation.accuracy());
    recorder.put(Metric.TEST_LOSS, evaluation.loss());
    recorder.perClassAccuracy(evaluation.perClassAccuracy());
  }
}

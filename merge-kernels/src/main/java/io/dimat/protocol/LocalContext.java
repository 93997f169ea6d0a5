package io.dimat.protocol;

import io.dimat.graph.MixingSchedule;
import io.dimat.learn.AgentData;
import io.dimat.learn.Evaluation;
import io.dimat.learn.Learner;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Everything an agent may use besides its state and its mail.
 *
 * @param agent this agent's index
 * @param round 0 for the start, then 1, 2, ...
 * @param iteration counted over the whole run from 0: which matrix mixes, which minibatch is next.
 *     In phases outside of {@link Plan.Iterate} it is {@link RunPlan#iteration}, which counts
 *     rounds: a phase that ends a round of iterations neither mixes nor samples
 * @param learner any parameters may be loaded at the start of a step
 */
public record LocalContext(
    int agent,
    int round,
    long iteration,
    MixingSchedule mixing,
    Learner learner,
    AgentData data,
    Seeds seeds,
    EvaluationSchedule schedule,
    Recorder recorder) {

  /** What this agent takes from whom in this iteration, self included, zeros left out. */
  public SortedMap<Integer, Double> mixingRow() {
    return mixing.at(iteration).row(agent);
  }

  /** What this agent hands to whom in this iteration, self included, zeros left out. */
  public SortedMap<Integer, Double> mixingColumn() {
    return mixing.at(iteration).column(agent);
  }

  /**
   * {@code sum_j w_ij x_j} of this iteration, in agent order: the agent's own vector and one vector
   * of every neighbour's mail. Where mail is missing, the weights of what came are scaled to 1.
   *
   * @param own x_i
   * @param vector its name in the mail
   */
  public ParamVector mix(ParamVector own, Inbox inbox, String vector) {
    List<Double> weights = new ArrayList<>();
    List<ParamVector> vectors = new ArrayList<>();
    SortedMap<Integer, Double> row = mixingRow();
    row.forEach(
        (sender, weight) -> {
          AgentState mail = inbox.bySender().get(sender);
          if (sender == agent || mail != null) {
            weights.add(weight);
            vectors.add(sender == agent ? own : mail.vector(vector));
          }
        });
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    double scale = vectors.size() == row.size() ? 1 : 1 / sum;
    double[] scaled = weights.stream().mapToDouble(weight -> weight * scale).toArray();
    return ParamVector.weightedSum(scaled, vectors);
  }

  /** Agents whose mail this one takes in this iteration, self excluded, ascending. */
  public SortedSet<Integer> neighbors() {
    return others(mixingRow());
  }

  /** Agents that take this one's mail in this iteration, self excluded, ascending. */
  public SortedSet<Integer> recipients() {
    return others(mixingColumn());
  }

  private SortedSet<Integer> others(SortedMap<Integer, Double> weights) {
    TreeSet<Integer> others = new TreeSet<>(weights.keySet());
    others.remove(agent);
    return others;
  }

  /** The same agent and round, another iteration. */
  LocalContext at(long other, Recorder fresh) {
    return new LocalContext(agent, round, other, mixing, learner, data, seeds, schedule, fresh);
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

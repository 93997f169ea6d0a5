package io.dimat.algorithm.part;

import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Metric;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.RunningMean;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * All agents take the mean of all models, whoever their neighbours are: an all-to-all exchange of
 * {@code n (n - 1)} models. Summed in agent order, so all have the same bits afterwards.
 */
public final class GlobalAverage {
  private static final String SENT = "sent";

  private final IterativeTraining training;

  /**
   * An average of all agents of a method.
   *
   * @param training says whether running statistics travel, too
   */
  public GlobalAverage(IterativeTraining training) {
    this.training = training;
  }

  /**
   * Sends a vector to all agents, with the running statistics if they travel.
   *
   * @param x packed trainable parameters
   */
  public StepResult tell(AgentState state, ParamVector x, LocalContext context) {
    List<String> names = new ArrayList<>(List.of(SENT));
    AgentState told = training.withStatistics(state.with(SENT, x), state.model());
    if (told.has(GossipStatistics.STATISTICS)) {
      names.add(GossipStatistics.STATISTICS);
    }
    TreeSet<Integer> others = new TreeSet<>();
    IntStream.range(0, context.mixing().agents()).forEach(others::add);
    others.remove(context.agent());
    return new StepResult(told, Envelope.toAll(others, new Message.Committed(names)));
  }

  /**
   * The state with the mean of all models as its model.
   *
   * @param state as {@link #tell} left it
   * @param inbox what all other agents told
   */
  public AgentState hear(AgentState state, Inbox inbox, LocalContext context) {
    context.recorder().add(Metric.GLOBAL_AVERAGES, 1);
    ParamVector model = state.model().withTrainable(mean(SENT, state, inbox, context));
    if (state.has(GossipStatistics.STATISTICS)) {
      model = model.withStatistics(mean(GossipStatistics.STATISTICS, state, inbox, context));
    }
    return state.with(AgentState.MODEL, model).without(SENT).without(GossipStatistics.STATISTICS);
  }

  private static ParamVector mean(
      String vector, AgentState own, Inbox inbox, LocalContext context) {
    SortedMap<Integer, AgentState> all = new TreeMap<>(inbox.bySender());
    all.put(context.agent(), own);
    RunningMean mean = new RunningMean(own.vector(vector).layout());
    all.values().forEach(state -> mean.add(state.vector(vector)));
    return mean.mean();
  }
}

package io.dimat.protocol;

import io.dimat.learn.AgentData;
import io.dimat.learn.Learner;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Runs a plan in one process, agents one after the other, nothing written: the readable definition
 * of what every other engine must reproduce bit for bit.
 */
public final class LocalEngine {
  private final Learner learner;
  private final IntFunction<AgentData> data;

  /**
   * An engine over one learner.
   *
   * @param learner shared by all agents in turn; not closed here
   * @param data by agent
   */
  public LocalEngine(Learner learner, IntFunction<AgentData> data) {
    this.learner = learner;
    this.data = data;
  }

  /** Sees every phase's outcome once all agents have taken it. */
  @FunctionalInterface
  public interface Observer {
    void phaseDone(
        int round,
        String phase,
        SortedMap<Integer, AgentState> states,
        SortedMap<Integer, AgentMetrics> metrics);
  }

  /**
   * Runs all rounds.
   *
   * @return every agent's final state
   * @throws DivergedException if a loss is not finite
   * @throws IllegalArgumentException if a step leaves mail that cannot be delivered
   */
  public SortedMap<Integer, AgentState> run(RunPlan plan, Observer observer) {
    SortedMap<Integer, AgentState> states = new TreeMap<>();
    SortedMap<Integer, SortedMap<Integer, AgentState>> mail = new TreeMap<>();
    for (int round = 0; round <= plan.rounds(); round++) {
      for (Phase phase : plan.phases(round)) {
        SortedMap<Integer, AgentState> next = new TreeMap<>();
        SortedMap<Integer, SortedMap<Integer, AgentState>> sent = new TreeMap<>();
        SortedMap<Integer, AgentMetrics> metrics = new TreeMap<>();
        for (int agent = 0; agent < plan.agents(); agent++) {
          Recorder recorder = new Recorder(() -> 0L);
          LocalContext context =
              new LocalContext(
                  agent,
                  round,
                  plan.mixing().row(agent),
                  learner,
                  data.apply(agent),
                  plan.seeds(),
                  plan.schedule(),
                  recorder);
          Inbox inbox = new Inbox(mail.getOrDefault(agent, new TreeMap<>()));
          StepResult result = phase.step().run(states.get(agent), inbox, context);
          result.requireDeliverable(agent, plan.agents());
          next.put(agent, result.state());
          metrics.put(agent, recorder.metrics());
          deliver(agent, result, sent);
        }
        DivergedException.requireFinite(round, phase.name(), metrics);
        states = next;
        mail = sent;
        observer.phaseDone(round, phase.name(), states, metrics);
      }
    }
    return states;
  }

  private static void deliver(
      int from, StepResult result, SortedMap<Integer, SortedMap<Integer, AgentState>> sent) {
    for (Envelope envelope : result.outbox()) {
      sent.computeIfAbsent(envelope.to(), to -> new TreeMap<>())
          .put(from, envelope.message().contents(result.state()));
    }
  }
}

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

  /** Sees every committed phase's outcome once all agents have taken it. */
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
    return new Run(plan, observer).all();
  }

  /** One run under way: states and mail of all agents. */
  private final class Run {
    private final RunPlan plan;
    private final Observer observer;
    private SortedMap<Integer, AgentState> states = new TreeMap<>();
    private SortedMap<Integer, SortedMap<Integer, AgentState>> mail = new TreeMap<>();
    private SortedMap<Integer, AgentMetrics> sinceCommit = new TreeMap<>();

    Run(RunPlan plan, Observer observer) {
      this.plan = plan;
      this.observer = observer;
    }

    SortedMap<Integer, AgentState> all() {
      for (int r = 0; r <= plan.rounds(); r++) {
        int round = r;
        for (Plan.Segment segment : plan.segments(round)) {
          sinceCommit = new TreeMap<>();
          Course.run(segment, RunPlan.iteration(round), (step, last) -> take(round, step));
          observer.phaseDone(round, segment.last().name(), states, sinceCommit);
        }
      }
      return states;
    }

    private SortedMap<Integer, AgentMetrics> take(int round, Superstep superstep) {
      SortedMap<Integer, AgentState> next = new TreeMap<>();
      SortedMap<Integer, SortedMap<Integer, AgentState>> sent = new TreeMap<>();
      SortedMap<Integer, AgentMetrics> metrics = new TreeMap<>();
      for (int agent = 0; agent < plan.agents(); agent++) {
        Superstep.Taken taken =
            superstep.run(
                states.get(agent),
                new Inbox(mail.getOrDefault(agent, new TreeMap<>())),
                context(agent, round),
                () -> new Recorder(() -> 0L));
        taken.result().requireDeliverable(agent, plan.agents());
        next.put(agent, taken.result().state());
        deliver(agent, taken.result(), sent);
        metrics.put(agent, taken.metrics().with(Metric.BYTES_SENT, taken.result().bytesSent()));
      }
      DivergedException.requireFinite(round, superstep.name(), metrics);
      states = next;
      mail = sent;
      metrics.forEach((agent, now) -> sinceCommit.merge(agent, now, AgentMetrics::then));
      return metrics;
    }

    private LocalContext context(int agent, int round) {
      return new LocalContext(
          agent,
          round,
          RunPlan.iteration(round),
          plan.mixing(),
          learner,
          data.apply(agent),
          plan.seeds(),
          plan.schedule(),
          new Recorder(() -> 0L));
    }
  }

  private static void deliver(
      int from, StepResult result, SortedMap<Integer, SortedMap<Integer, AgentState>> sent) {
    for (Envelope envelope : result.outbox()) {
      sent.computeIfAbsent(envelope.to(), to -> new TreeMap<>())
          .put(from, envelope.message().contents(result.state()));
    }
  }
}

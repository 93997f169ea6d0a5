package io.dimat.spark;

import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.Course;
import io.dimat.protocol.DivergedException;
import io.dimat.protocol.Plan;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Superstep;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import io.dimat.store.StateStore;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.broadcast.Broadcast;

/**
 * The supersteps between two commits. What passes from one to the next is written to storage like a
 * committed state, and deleted as soon as the superstep that reads it is done; if the driver fails,
 * all of them happen again.
 */
final class SegmentRun {
  private final Broadcast<TaskSetup> shared;
  private final StateStore states;
  private final int round;
  private final SortedMap<Integer, AgentMetrics> sinceCommit = new TreeMap<>();
  private List<PhaseManifest.Entry> entries;
  private List<TaskOutcome> outcomes = List.of();
  private List<StateRef> passing = List.of();

  /** Runs one superstep's tasks on all agents. */
  interface Job {
    List<TaskOutcome> run(List<Order> orders, PhaseTask task);
  }

  /**
   * A segment to run.
   *
   * @param previous what the last committed phase left; empty before the start
   */
  SegmentRun(
      Broadcast<TaskSetup> shared,
      StateStore states,
      int round,
      List<PhaseManifest.Entry> previous) {
    this.shared = shared;
    this.states = states;
    this.round = round;
    this.entries = previous;
  }

  /** Every agent's outcome of the last superstep, with the metrics of all of them. */
  List<TaskOutcome> take(Plan.Segment segment, Job job) {
    try {
      Course.run(
          segment,
          RunPlan.iteration(round),
          (superstep, committed) -> {
            String folder = committed ? segment.last().name() : PassingStates.PHASE;
            return take(superstep, new PhaseTask(shared, round, folder, superstep), committed, job);
          });
    } catch (Exception e) { // Spark throws checked exceptions that its Java signatures hide
      if (DivergedException.isBehind(e)) {
        deletePassing(segment); // nobody will try it again
      }
      throw e;
    }
    deletePassing(segment);
    return outcomes.stream()
        .map(outcome -> outcome.with(sinceCommit.get(outcome.entry().agent())))
        .toList();
  }

  /** What failed attempts, or a driver that was killed here, have left is deleted too. */
  private void deletePassing(Plan.Segment segment) {
    if (!segment.before().isEmpty()) {
      states.deletePhase(round, PassingStates.PHASE);
    }
  }

  private SortedMap<Integer, AgentMetrics> take(
      Superstep superstep, PhaseTask task, boolean committed, Job job) {
    outcomes = job.run(Order.all(shared.value().plan().agents(), entries), task);
    SortedMap<Integer, AgentMetrics> metrics = new TreeMap<>();
    outcomes.forEach(o -> metrics.put(o.entry().agent(), o.entry().metrics()));
    DivergedException.requireFinite(round, superstep.name(), metrics);
    metrics.forEach((agent, now) -> sinceCommit.merge(agent, now, AgentMetrics::then));
    entries = outcomes.stream().map(TaskOutcome::entry).toList();
    passing.forEach(states::delete);
    passing = committed ? List.of() : entries.stream().flatMap(e -> e.files().stream()).toList();
    return metrics;
  }
}

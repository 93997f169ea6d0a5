package io.dimat.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Walks one segment of a round and hands supersteps to an engine. Neighbouring phases become one
 * superstep if no mail travels between them: of n iterations of (compute, send), (receive, mix),
 * the mixing of one and the computing of the next run together, n + 1 supersteps in all.
 */
public final class Course {
  private final Runner runner;
  private final List<Superstep.Placed> pending = new ArrayList<>();
  private SortedMap<Integer, AgentMetrics> measured = new TreeMap<>();

  /** An engine: runs a superstep on all agents. */
  @FunctionalInterface
  public interface Runner {
    /**
     * Runs a superstep.
     *
     * @param committed true for the last one of the segment
     * @return what every agent measured
     */
    SortedMap<Integer, AgentMetrics> run(Superstep superstep, boolean committed);
  }

  private Course(Runner runner) {
    this.runner = runner;
  }

  /**
   * Runs a segment.
   *
   * @param iteration of phases outside of iterations
   */
  public static void run(Plan.Segment segment, long iteration, Runner runner) {
    Course course = new Course(runner);
    segment.before().forEach(plan -> plan.follow(course, iteration));
    course.take(segment.last(), iteration);
    course.flush(true);
  }

  void take(Phase phase, long iteration) {
    if (!pending.isEmpty()) {
      Phase before = pending.get(pending.size() - 1).phase();
      if (before.mail().sends() || phase.mail().reads()) {
        flush(false);
      }
    }
    pending.add(new Superstep.Placed(phase, iteration));
  }

  /** What every agent measured in the superstep just run; empty before the first. */
  SortedMap<Integer, AgentMetrics> measured() {
    flush(false);
    return Collections.unmodifiableSortedMap(measured);
  }

  private void flush(boolean committed) {
    if (!pending.isEmpty()) {
      measured = runner.run(new Superstep(pending), committed);
      pending.clear();
    }
  }
}

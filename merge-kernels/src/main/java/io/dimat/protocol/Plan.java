package io.dimat.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What a round consists of. Schedules are ordinary code: a program returns another plan.
 *
 * <p>A phase that stands in the round itself is committed when all agents have taken it. Phases
 * inside {@link Iterate} and {@link RepeatUntil} are not: they happen again, with the same result,
 * if a run stops before the next phase that is. A round ends in a committed phase.
 */
public sealed interface Plan {
  /** Offers every phase to the course, in order. */
  void follow(Course course, long iteration);

  /** One phase. */
  record Do(Phase phase) implements Plan {
    @Override
    public void follow(Course course, long iteration) {
      course.take(phase, iteration);
    }
  }

  /** Plans one after the other. */
  record Seq(List<Plan> plans) implements Plan {
    public Seq {
      plans = List.copyOf(plans);
    }

    @Override
    public void follow(Course course, long iteration) {
      plans.forEach(plan -> plan.follow(course, iteration));
    }
  }

  /**
   * The body once for every iteration {@code first, first + 1, ...}.
   *
   * @param first number of the first iteration, counted over the whole run from 0
   */
  record Iterate(long first, int times, Plan body) implements Plan {
    @Override
    public void follow(Course course, long iteration) {
      for (int k = 0; k < times; k++) {
        body.follow(course, first + k);
      }
    }
  }

  /** The body again and again until what the agents measured says enough, at most so often. */
  record RepeatUntil(Plan body, Condition enough, int most) implements Plan {
    @Override
    public void follow(Course course, long iteration) {
      for (int k = 0; k < most && !enough.holds(course.measured()); k++) {
        body.follow(course, iteration);
      }
    }
  }

  /**
   * A question about all agents' measurements of the superstep before: an all-reduce of numbers.
   */
  @FunctionalInterface
  interface Condition {
    boolean holds(SortedMap<Integer, AgentMetrics> measured);
  }

  /** The phases in this order, each committed. */
  static Plan of(Phase... phases) {
    return new Seq(List.of(phases).stream().map(phase -> (Plan) new Do(phase)).toList());
  }

  /** The same with iterations or repetitions in between. */
  static Plan inOrder(Plan... plans) {
    return new Seq(List.of(plans));
  }

  /**
   * What is committed at once: some uncommitted plans, then one committed phase.
   *
   * @param before iterations and repetitions
   */
  record Segment(List<Plan> before, Phase last) {
    public Segment {
      before = List.copyOf(before);
    }
  }

  /**
   * This round, cut after every committed phase.
   *
   * @throws IllegalStateException if the round does not end in a committed phase
   */
  default List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    List<Plan> before = new ArrayList<>();
    for (Plan plan : topLevel()) {
      if (plan instanceof Do committed) {
        segments.add(new Segment(before, committed.phase()));
        before.clear();
      } else {
        before.add(plan);
      }
    }
    if (!before.isEmpty() || segments.isEmpty()) {
      throw new IllegalStateException("a round ends in a committed phase, got " + this);
    }
    return segments;
  }

  private List<Plan> topLevel() {
    return this instanceof Seq seq
        ? seq.plans().stream().flatMap(plan -> plan.topLevel().stream()).toList()
        : List.of(this);
  }
}

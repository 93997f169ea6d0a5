package io.dimat.graph;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A schedule that changes, with the matrices of the last few steps at hand: all agents of a process
 * ask for the same step, several times each. Safe for many threads; what is at hand does not travel
 * to other processes.
 */
public final class RememberedSchedule implements MixingSchedule {
  private static final long serialVersionUID = 1L;

  /**
   * Tasks of one superstep ask for the iterations of its phases, two or so, one after the other.
   */
  static final int STEPS = 4;

  private final MixingSchedule schedule;
  private transient Map<Long, MixingMatrix> recent;

  private RememberedSchedule(MixingSchedule schedule) {
    this.schedule = schedule;
  }

  /** The schedule itself if it is one matrix, or remembers already. */
  public static MixingSchedule of(MixingSchedule schedule) {
    return schedule instanceof MixingMatrix || schedule instanceof RememberedSchedule
        ? schedule
        : new RememberedSchedule(schedule);
  }

  /** Tasks that ask for a step while it is being made wait for it instead of making it too. */
  @Override
  public synchronized MixingMatrix at(long step) {
    if (recent == null) {
      recent = new LinkedHashMap<>(STEPS, 0.75f, true);
    }
    MixingMatrix known = recent.get(step);
    if (known == null) {
      known = schedule.at(step);
      recent.put(step, known);
      if (recent.size() > STEPS) {
        recent.remove(recent.keySet().iterator().next());
      }
    }
    return known;
  }

  @Override
  public Topology topology() {
    return schedule.topology();
  }

  @Override
  public int period() {
    return schedule.period();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RememberedSchedule that && schedule.equals(that.schedule);
  }

  @Override
  public int hashCode() {
    return schedule.hashCode();
  }

  @Override
  public String toString() {
    return schedule.toString();
  }
}

package io.dimat.algorithm.merging;

import io.dimat.protocol.AgentProgram;
import java.io.Serializable;

/**
 * Whose images each part of a merge learns from.
 *
 * @param matching of units
 * @param statistics of the merged model's batch norm, where they are re-estimated
 */
public record MergeReach(ProbeReach matching, ProbeReach statistics) implements Serializable {
  /** Every agent by itself, as in DIMAT. */
  public static final MergeReach OWN = new MergeReach(ProbeReach.OWN, ProbeReach.OWN);

  /**
   * The program with this reach.
   *
   * @throws IllegalArgumentException if its merge cannot have it, as {@link NeighborhoodMerge} says
   */
  public AgentProgram of(TrainThenMerge program) {
    return equals(OWN) ? program : new NeighborhoodMerge(program, matching, statistics);
  }
}

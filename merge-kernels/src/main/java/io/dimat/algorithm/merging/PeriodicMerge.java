package io.dimat.algorithm.merging;

import io.dimat.algorithm.part.CommunicationSchedule;
import io.dimat.merge.Finish;
import io.dimat.merge.MergeOperator;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Requirement;
import io.dimat.tensor.ParamLayout;
import java.io.Serializable;
import java.util.Set;

/**
 * Merging as a step of an iterative method: when, with what, and what is done to the result. The
 * merging agent's own basis is the reference.
 *
 * @param period iterations from one merge to the next, counted over the whole run, at least 1
 */
public record PeriodicMerge(MergeOperator operator, Finish finish, int period)
    implements Serializable {
  public PeriodicMerge {
    if (period < 1) {
      throw new IllegalArgumentException("a merge needs a period >= 1, got " + period);
    }
    new MergeStep(operator, finish, ReferenceBasis.SELF); // refuses what does not go together
  }

  private MergeStep step() {
    return new MergeStep(operator, finish, ReferenceBasis.SELF);
  }

  /** True for the last iteration of every period. */
  public boolean isDue(long iteration) {
    return (iteration + 1) % period == 0;
  }

  /** Merges an agent's model with those in its mail, by this iteration's mixing row. */
  MergeStep.Outcome merge(AgentState state, Inbox inbox, LocalContext context) {
    return step().of(state.model(), inbox, context);
  }

  /** What merging needs of mixing and network. */
  Set<Requirement> requires() {
    return step().requires();
  }

  /** Bytes that so many merges of whole models send over an edge in so many iterations. */
  long bytes(ParamLayout layout, int iterations) {
    return layout.precision().bytes()
        * (long) layout.size()
        * CommunicationSchedule.uniform(period).most(iterations);
  }
}

package io.dimat.algorithm;

import io.dimat.merge.Finish;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Merged;
import io.dimat.merge.Probe;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Requirement;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
    finish
        .refusal(operator)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }

  /**
   * What a merge made.
   *
   * @param model finished, running statistics included
   * @param merged how the models were brought together
   */
  public record Outcome(ParamVector model, Merged merged) {}

  /** True for the last iteration of every period. */
  public boolean isDue(long iteration) {
    return (iteration + 1) % period == 0;
  }

  /** Merges an agent's model with those in its mail, by this iteration's mixing row. */
  Outcome merge(AgentState state, Inbox inbox, LocalContext context) {
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(context.agent(), state.model());
    inbox.bySender().forEach((sender, mail) -> models.put(sender, mail.model()));
    Probe probe = LocalProbe.of(context);
    MergeInput input =
        new MergeInput(context.agent(), models, context.mixingRow(), probe, context.recorder());
    Merged merged = operator.merge(input);
    ParamVector model =
        context.recorder().timed(Metric.SECONDS_MERGE, () -> finish.of(input, merged));
    TrainThenMerge.record(merged, context);
    return new Outcome(model, merged);
  }

  /** What merging needs of mixing and network. */
  Set<Requirement> requires() {
    return TrainThenMerge.rules(operator, ReferenceBasis.SELF);
  }

  /** Bytes that so many merges of whole models send over an edge in so many iterations. */
  long bytes(ParamLayout layout, int iterations) {
    return (long) layout.precision().bytes() * layout.size() * iterations / period;
  }
}

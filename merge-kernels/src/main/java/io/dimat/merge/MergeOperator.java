package io.dimat.merge;

import io.dimat.align.MatchPoints;
import io.dimat.network.Network;
import java.io.Serializable;
import java.util.Optional;

/**
 * Makes one model of several. {@link AlignedMerge} brings the others into the reference's units and
 * averages, {@link ZipMerge} brings all into common ones; {@link WeightAveraging} averages as they
 * are.
 */
public interface MergeOperator extends Serializable {
  /** Name in reports. */
  String name();

  /** True if models are brought into a common basis first, so that plain distances mean little. */
  boolean aligns();

  /**
   * True if a unit of the result may be a mixture of several units of the reference or of another
   * model, so that an optimizer's state cannot follow.
   */
  boolean mixesUnits();

  /**
   * True if the reference's own units are mixed too, so that its running statistics fit the result
   * no longer.
   */
  default boolean changesReference() {
    return false;
  }

  /**
   * Where units of the reference and of each other model are observed, if their moments there are
   * all that {@link #merge} asks of a probe: sums that others may have added to. Empty otherwise.
   */
  default Optional<MatchPoints> observed() {
    return Optional.empty();
  }

  /** Why models of a network cannot be merged, in one line; empty if they can. */
  default Optional<String> refusal(Network network) {
    return Optional.empty();
  }

  /** Merges; the input is not modified. */
  Merged merge(MergeInput input);
}

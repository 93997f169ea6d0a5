package io.dimat.merge;

import java.io.Serializable;

/**
 * Makes one model of several. {@link AlignedMerge} brings the others into the reference's units and
 * averages; {@link WeightAveraging} averages as they are.
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

  /** Merges; the input is not modified, the learner's loaded parameters may be replaced. */
  Merged merge(MergeInput input);
}

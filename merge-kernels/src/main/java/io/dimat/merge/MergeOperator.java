package io.dimat.merge;

import java.io.Serializable;

/**
 * Makes one model of several. Operators differ in how they bring the others into the reference's
 * basis, never in how the aligned models are averaged.
 */
public interface MergeOperator extends Serializable {
  /** Name in reports. */
  String name();

  /** True if models are brought into a common basis first, so that plain distances mean little. */
  boolean aligns();

  /** Merges; the input is not modified, the learner's loaded parameters may be replaced. */
  Merged merge(MergeInput input);
}

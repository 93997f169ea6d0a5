package io.dimat.align;

import java.io.Serializable;

/**
 * An alignment found by {@link WeightMatching}.
 *
 * @param matching the alignment and its groups
 * @param objective inner product of all trainable parameters of the reference and of the aligned
 *     other model, summed in double
 * @param sweeps how often all groups were visited, the last visits without progress included
 */
public record WeightMatch(Matching matching, double objective, int sweeps) implements Serializable {
  /** What rewrites the other model into the reference's basis. */
  public Alignment alignment() {
    return matching.alignment();
  }
}

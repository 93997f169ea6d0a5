package io.dimat.merge;

import io.dimat.align.BasisChange;
import io.dimat.protocol.GroupMetrics;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a merge operator made.
 *
 * @param model the weighted mean, running statistics included, before any batch-norm policy
 * @param alignments by agent: what brought its model into the reference's units; agents that were
 *     taken as they are are left out
 * @param groups matching quality per permutation group; empty if nothing was matched
 */
public record Merged(
    ParamVector model, SortedMap<Integer, BasisChange> alignments, List<GroupMetrics> groups) {
  public Merged {
    alignments = new TreeMap<>(alignments);
    groups = List.copyOf(groups);
  }

  /** A merge in which every model was taken as it is. */
  static Merged unaligned(ParamVector model) {
    return new Merged(model, new TreeMap<>(), List.of());
  }
}

package io.dimat.align;

import java.io.Serializable;
import java.util.List;

/**
 * An alignment and how good it is.
 *
 * @param alignment rewrites the other model into the reference's basis
 * @param groups one per permutation group, in the order of the spec
 */
public record Matching(Alignment alignment, List<GroupMatch> groups) implements Serializable {
  public Matching {
    groups = List.copyOf(groups);
  }

  /** Mean over all units of all groups of the matched pairs' correlation; 1 for no units. */
  public double matchedCorrelation() {
    int units = groups.stream().mapToInt(GroupMatch::units).sum();
    double sum = groups.stream().mapToDouble(GroupMatch::objective).sum();
    return units == 0 ? 1 : sum / units;
  }
}

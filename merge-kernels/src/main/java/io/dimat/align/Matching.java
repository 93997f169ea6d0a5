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
}

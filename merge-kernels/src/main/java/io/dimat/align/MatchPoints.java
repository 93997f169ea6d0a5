package io.dimat.align;

import java.util.List;

/** Which observations of a group that is read at several places count, as in a residual stream. */
public enum MatchPoints {
  /** {@link PermutationGroup#matchPoint()} alone: what the official code does. */
  LAST {
    @Override
    List<MatchPoint> of(PermutationGroup group) {
      return List.of(group.matchPoint());
    }
  },
  /**
   * Every activation whose channels are exactly the group's units; the last observation where there
   * is none.
   */
  ALL {
    @Override
    List<MatchPoint> of(PermutationGroup group) {
      return group.nonlinearPoints().isEmpty() ? LAST.of(group) : group.nonlinearPoints();
    }
  };

  abstract List<MatchPoint> of(PermutationGroup group);
}

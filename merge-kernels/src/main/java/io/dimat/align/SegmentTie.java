package io.dimat.align;

import java.util.List;

/**
 * One sum of two axes. Where both consist of whole spaces of equal size, the spaces become one;
 * where the borders of the spaces do not meet, no permutation of either is legal and all of them
 * are fixed.
 */
final class SegmentTie {
  private final UnitSpaces spaces;
  private final String layer;
  private final String reason;

  SegmentTie(UnitSpaces spaces, String layer, String reason) {
    this.spaces = spaces;
    this.layer = layer;
    this.reason = reason;
  }

  /** Walks both axes, of equal length, from one common border to the next. */
  void tie(List<UnitSegment> a, List<UnitSegment> b) {
    int fromA = 0;
    int fromB = 0;
    while (fromA < a.size()) {
      int toA = fromA + 1;
      int toB = fromB + 1;
      int excess = a.get(fromA).length() - b.get(fromB).length();
      while (excess != 0) {
        excess += excess < 0 ? a.get(toA++).length() : -b.get(toB++).length();
      }
      tieStretch(a.subList(fromA, toA), b.subList(fromB, toB));
      fromA = toA;
      fromB = toB;
    }
  }

  private void tieStretch(List<UnitSegment> a, List<UnitSegment> b) {
    if (a.size() == 1 && b.size() == 1 && a.get(0).repeat() == b.get(0).repeat()) {
      spaces.unite(a.get(0).space(), b.get(0).space(), reason);
    } else {
      String mismatch = layer + " adds units that are grouped differently";
      a.forEach(s -> spaces.fix(s.space(), mismatch));
      b.forEach(s -> spaces.fix(s.space(), mismatch));
    }
  }
}

package io.dimat.align;

/**
 * A stretch of an axis: the units of one space in order, each standing for {@code repeat}
 * consecutive indices (more than one after a flatten).
 *
 * @param space number of a space in {@link UnitSpaces}
 */
record UnitSegment(int space, int units, int repeat) {
  /** Indices of the axis that the segment covers. */
  int length() {
    return units * repeat;
  }

  UnitSegment times(int positions) {
    return new UnitSegment(space, units, Math.multiplyExact(repeat, positions));
  }
}

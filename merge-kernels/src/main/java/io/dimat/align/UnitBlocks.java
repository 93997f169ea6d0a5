package io.dimat.align;

import io.dimat.tensor.ParamSlice;

/**
 * Where the values of a group's units lie along one stretch of a tensor: the value {@code (o, s)}
 * of unit u, for o below {@code outer} and s below {@code block}, is at {@code start + o * stride +
 * u * block + s}. Along axis 0 a unit owns whole rows and {@code outer} is 1; along axis 1 it owns
 * one block of every row.
 */
record UnitBlocks(int units, int start, int outer, int stride, int block) {

  static UnitBlocks of(ParamSlice slice, PermutedAxis stretch, int units) {
    int rows = slice.shape().get(0);
    int width = slice.length() / rows;
    if (stretch.axis() == 0) {
      int start = slice.offset() + stretch.offset() * width;
      return new UnitBlocks(units, start, 1, 0, stretch.repeat() * width);
    }
    int inner = width / slice.shape().get(1);
    int start = slice.offset() + stretch.offset() * inner;
    return new UnitBlocks(units, start, rows, width, stretch.repeat() * inner);
  }

  /** The same stretch of a tensor whose first element is at another index. */
  UnitBlocks movedBy(int distance) {
    return new UnitBlocks(units, start + distance, outer, stride, block);
  }

  /** Values per unit. */
  int depth() {
    return outer * block;
  }

  /** A copy with a row per unit, [units, depth]. */
  float[] unitRows(float[] values) {
    float[] rows = new float[units * depth()];
    for (int o = 0; o < outer; o++) {
      for (int u = 0; u < units; u++) {
        System.arraycopy(values, at(o, u), rows, u * depth() + o * block, block);
      }
    }
    return rows;
  }

  /** Puts back what {@link #unitRows} took out; {@code values} is modified. */
  void putUnitRows(float[] rows, float[] values) {
    for (int o = 0; o < outer; o++) {
      for (int u = 0; u < units; u++) {
        System.arraycopy(rows, u * depth() + o * block, values, at(o, u), block);
      }
    }
  }

  /** A copy with a column per unit, [depth, units]. */
  float[] unitColumns(float[] values) {
    float[] columns = new float[units * depth()];
    for (int o = 0; o < outer; o++) {
      for (int u = 0; u < units; u++) {
        int from = at(o, u);
        int to = o * block * units + u;
        for (int s = 0; s < block; s++) {
          columns[to + s * units] = values[from + s];
        }
      }
    }
    return columns;
  }

  private int at(int o, int unit) {
    return start + o * stride + unit * block;
  }
}

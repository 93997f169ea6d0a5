package io.dimat.align;

import java.util.Arrays;

/**
 * Gathers the first two axes of a row-major tensor [rows, columns, inner]: new element (r, c) is
 * old element (rowFrom[r], columnFrom[c]).
 */
final class TensorGather {
  private final int[] rowFrom;
  private final Runs runs;

  /**
   * A gather of whole blocks.
   *
   * @param rowFrom old row per new row; given away
   * @param columnFrom old column per new column; not kept
   * @param inner elements per row and column
   */
  TensorGather(int[] rowFrom, int[] columnFrom, int inner) {
    this.rowFrom = rowFrom;
    this.runs = Runs.of(columnFrom, inner);
  }

  /**
   * Writes {@code rows * columns * inner} elements.
   *
   * @param source not modified
   * @param from index of the tensor's first element in {@code source}
   * @param to index of its first element in {@code target}
   */
  void gather(float[] source, int from, float[] target, int to) {
    int width = runs.width;
    for (int r = 0; r < rowFrom.length; r++) {
      runs.copy(source, from + rowFrom[r] * width, target, to + r * width);
    }
  }

  /** Columns that stay neighbours are copied as one stretch. */
  private static final class Runs {
    private final int[] from;
    private final int[] length;
    private final int width;

    private Runs(int[] from, int[] length, int width) {
      this.from = from;
      this.length = length;
      this.width = width;
    }

    static Runs of(int[] columnFrom, int inner) {
      int[] from = new int[columnFrom.length];
      int[] length = new int[columnFrom.length];
      int runs = 0;
      for (int c = 0; c < columnFrom.length; c++) {
        if (c > 0 && columnFrom[c] == columnFrom[c - 1] + 1) {
          length[runs - 1] += inner;
        } else {
          from[runs] = columnFrom[c] * inner;
          length[runs++] = inner;
        }
      }
      return new Runs(
          Arrays.copyOf(from, runs), Arrays.copyOf(length, runs), columnFrom.length * inner);
    }

    void copy(float[] source, int sourceRow, float[] target, int targetRow) {
      int to = targetRow;
      for (int i = 0; i < from.length; i++) {
        if (length[i] == 1) {
          target[to++] = source[sourceRow + from[i]];
        } else {
          System.arraycopy(source, sourceRow + from[i], target, to, length[i]);
          to += length[i];
        }
      }
    }
  }
}

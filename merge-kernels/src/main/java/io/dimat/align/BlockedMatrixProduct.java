package io.dimat.align;

import java.util.Arrays;

/**
 * {@link MatrixProduct} in plain Java. The inner axis is cut into stretches of {@value #DEPTH}: a
 * stretch is summed in float, in a loop over columns that the compiler turns into vector
 * instructions, and stretches are summed in double. So the rounding error is that of a float sum of
 * {@value #DEPTH} terms, however long the inner axis is. The order of all sums is fixed.
 */
public final class BlockedMatrixProduct implements MatrixProduct {
  private static final int DEPTH = 64;
  private static final int COLUMNS = 128;
  private static final int STEP = 8;

  @Override
  public float[] timesTransposed(float[] a, float[] b, int rows, int columns, int inner) {
    requireLength("a", a.length, rows, inner);
    requireLength("b", b.length, columns, inner);
    double[] sums = new double[Math.multiplyExact(rows, columns)];
    float[] panel = new float[DEPTH * COLUMNS];
    float[] line = new float[COLUMNS];
    float[] factors = new float[DEPTH];
    for (int k = 0; k < inner; k += DEPTH) {
      int depth = Math.min(DEPTH, inner - k);
      Arrays.fill(factors, depth, DEPTH, 0f);
      for (int c = 0; c < columns; c += COLUMNS) {
        int width = Math.min(COLUMNS, columns - c);
        pack(b, c, width, k, depth, inner, panel);
        for (int r = 0; r < rows; r++) {
          System.arraycopy(a, r * inner + k, factors, 0, depth);
          multiply(factors, panel, line);
          add(line, sums, r * columns + c, width);
        }
      }
    }
    return rounded(sums);
  }

  /** Transposes a tile of b to [DEPTH, COLUMNS]; what lies outside of b is 0. */
  private static void pack(
      float[] b, int column, int width, int k, int depth, int inner, float[] panel) {
    if (width < COLUMNS || depth < DEPTH) {
      Arrays.fill(panel, 0f);
    }
    for (int c = 0; c < width; c++) {
      int from = (column + c) * inner + k;
      for (int d = 0; d < depth; d++) {
        panel[d * COLUMNS + c] = b[from + d];
      }
    }
  }

  /** {@code line[c] = sum_d factors[d] panel[d, c]}. */
  private static void multiply(float[] factors, float[] panel, float[] line) {
    Arrays.fill(line, 0f);
    for (int d = 0; d < DEPTH; d += STEP) {
      step(factors, panel, line, d);
    }
  }

  private static void step(float[] factors, float[] p, float[] line, int d) {
    float f0 = factors[d];
    float f1 = factors[d + 1];
    float f2 = factors[d + 2];
    float f3 = factors[d + 3];
    float f4 = factors[d + 4];
    float f5 = factors[d + 5];
    float f6 = factors[d + 6];
    float f7 = factors[d + 7];
    int at = d * COLUMNS;
    for (int c = 0; c < COLUMNS; c++) {
      line[c] +=
          (f0 * p[at + c] + f1 * p[at + COLUMNS + c])
              + (f2 * p[at + 2 * COLUMNS + c] + f3 * p[at + 3 * COLUMNS + c])
              + ((f4 * p[at + 4 * COLUMNS + c] + f5 * p[at + 5 * COLUMNS + c])
                  + (f6 * p[at + 6 * COLUMNS + c] + f7 * p[at + 7 * COLUMNS + c]));
    }
  }

  private static void add(float[] line, double[] sums, int offset, int width) {
    for (int c = 0; c < width; c++) {
      sums[offset + c] += line[c];
    }
  }

  private static float[] rounded(double[] sums) {
    float[] result = new float[sums.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) sums[i];
    }
    return result;
  }

  private static void requireLength(String name, int length, int rows, int inner) {
    if (rows < 1 || inner < 1 || length != (long) rows * inner) {
      throw new IllegalArgumentException(
          "%s needs %d x %d values, got %d".formatted(name, rows, inner, length));
    }
  }
}

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
  private static final int STEP = 4;

  @Override
  public float[] transposedTimes(float[] a, float[] b, int inner, int rows, int columns) {
    requireLength("a", a.length, inner, rows);
    requireLength("b", b.length, inner, columns);
    double[] sums = new double[Math.multiplyExact(rows, columns)];
    float[] line = new float[columns];
    for (int k = 0; k < inner; k += DEPTH) {
      int end = Math.min(k + DEPTH, inner);
      for (int r = 0; r < rows; r++) {
        sumStretch(a, b, k, end, rows, r, line);
        for (int c = 0; c < columns; c++) {
          sums[r * columns + c] += line[c];
        }
      }
    }
    return rounded(sums);
  }

  /** {@code line[c] = sum_{k <= i < end} a[i, r] b[i, c]}. */
  private static void sumStretch(
      float[] a, float[] b, int k, int end, int rows, int r, float[] line) {
    Arrays.fill(line, 0f);
    int i = k;
    for (; i + STEP <= end; i += STEP) {
      addFour(a, i * rows + r, rows, b, i * line.length, line);
    }
    for (; i < end; i++) {
      float x = a[i * rows + r];
      int from = i * line.length;
      for (int c = 0; c < line.length; c++) {
        line[c] += x * b[from + c];
      }
    }
  }

  /** Four inner indices at once, so that a line is read and written once for all of them. */
  private static void addFour(float[] a, int at, int rows, float[] b, int from, float[] line) {
    float a0 = a[at];
    float a1 = a[at + rows];
    float a2 = a[at + 2 * rows];
    float a3 = a[at + 3 * rows];
    int second = from + line.length;
    int third = second + line.length;
    int fourth = third + line.length;
    for (int c = 0; c < line.length; c++) {
      line[c] += (a0 * b[from + c] + a1 * b[second + c]) + (a2 * b[third + c] + a3 * b[fourth + c]);
    }
  }

  private static float[] rounded(double[] sums) {
    float[] result = new float[sums.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) sums[i];
    }
    return result;
  }

  private static void requireLength(String name, int length, int inner, int width) {
    if (width < 1 || inner < 1 || length != (long) width * inner) {
      throw new IllegalArgumentException(
          "%s needs %d x %d values, got %d".formatted(name, inner, width, length));
    }
  }
}

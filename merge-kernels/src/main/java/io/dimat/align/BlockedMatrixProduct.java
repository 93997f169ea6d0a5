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
  private static final int ROWS = 2;
  private static final int STEP = 4;

  @Override
  public float[] timesTransposed(float[] a, float[] b, int rows, int columns, int inner) {
    requireLength("a", a.length, rows, inner);
    requireLength("b", b.length, columns, inner);
    double[] sums = new double[Math.multiplyExact(rows, columns)];
    int width = Math.min(COLUMNS, columns);
    float[] panel = new float[DEPTH * width];
    float[] factors = new float[ROWS * DEPTH];
    float[][] lines = new float[ROWS][width];
    for (int k = 0; k < inner; k += DEPTH) {
      int depth = Math.min(DEPTH, inner - k);
      for (int c = 0; c < columns; c += width) {
        int used = Math.min(width, columns - c);
        transpose(b, c * inner + k, inner, used, depth, panel, width);
        for (int r = 0; r < rows; r += ROWS) {
          int taken = Math.min(ROWS, rows - r);
          copy(a, r * inner + k, inner, taken, depth, factors);
          multiply(factors, panel, lines, width);
          for (int line = 0; line < taken; line++) {
            add(lines[line], sums, (r + line) * columns + c, used);
          }
        }
      }
    }
    return rounded(sums);
  }

  /** A tile of b as [DEPTH, width]; what lies outside of b is 0. */
  private static void transpose(
      float[] b, int from, int inner, int used, int depth, float[] panel, int width) {
    if (used < width || depth < DEPTH) {
      Arrays.fill(panel, 0f);
    }
    for (int c = 0; c < used; c++) {
      for (int d = 0; d < depth; d++) {
        panel[d * width + c] = b[from + c * inner + d];
      }
    }
  }

  /** A tile of a as [ROWS, DEPTH]; what lies outside of a is 0. */
  private static void copy(float[] a, int from, int inner, int taken, int depth, float[] factors) {
    if (taken < ROWS || depth < DEPTH) {
      Arrays.fill(factors, 0f);
    }
    for (int r = 0; r < taken; r++) {
      System.arraycopy(a, from + r * inner, factors, r * DEPTH, depth);
    }
  }

  /** {@code lines[r][c] = sum_d factors[r, d] panel[d, c]}. */
  private static void multiply(float[] factors, float[] panel, float[][] lines, int width) {
    for (float[] line : lines) {
      Arrays.fill(line, 0f);
    }
    for (int d = 0; d < DEPTH; d += STEP) {
      step(factors, d, panel, d * width, lines[0], lines[1], width);
    }
  }

  /**
   * {@link #ROWS} rows by {@link #STEP} inner indices at once, so that a loaded panel value serves
   * twice.
   */
  private static void step(
      float[] f, int at, float[] p, int panel, float[] first, float[] second, int width) {
    float a0 = f[at];
    float a1 = f[at + 1];
    float a2 = f[at + 2];
    float a3 = f[at + 3];
    float b0 = f[at + DEPTH];
    float b1 = f[at + DEPTH + 1];
    float b2 = f[at + DEPTH + 2];
    float b3 = f[at + DEPTH + 3];
    int p1 = panel + width;
    int p2 = p1 + width;
    int p3 = p2 + width;
    for (int c = 0; c < width; c++) {
      float x0 = p[panel + c];
      float x1 = p[p1 + c];
      float x2 = p[p2 + c];
      float x3 = p[p3 + c];
      first[c] += (a0 * x0 + a1 * x1) + (a2 * x2 + a3 * x3);
      second[c] += (b0 * x0 + b1 * x1) + (b2 * x2 + b3 * x3);
    }
  }

  private static void add(float[] line, double[] sums, int offset, int used) {
    for (int c = 0; c < used; c++) {
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

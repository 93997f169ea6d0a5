package io.dimat.align;

/**
 * The one dense product that alignment needs, as a seam: blocked plain Java by default, the
 * engine's BLAS where it is live.
 */
@FunctionalInterface
public interface MatrixProduct {
  /**
   * {@code c = a b^T} in single precision.
   *
   * @param a row-major [rows, inner]; not modified
   * @param b row-major [columns, inner]; not modified
   * @return a new row-major [rows, columns]
   */
  float[] timesTransposed(float[] a, float[] b, int rows, int columns, int inner);
}

package io.dimat.align;

/**
 * The one dense product that alignment needs, as a seam: plain Java by default, the engine's BLAS
 * where it is live.
 */
@FunctionalInterface
public interface MatrixProduct {
  /**
   * {@code c = a^T b} in single precision.
   *
   * @param a row-major [inner, rows]; not modified
   * @param b row-major [inner, columns]; not modified
   * @return a new row-major [rows, columns]
   */
  float[] transposedTimes(float[] a, float[] b, int inner, int rows, int columns);
}

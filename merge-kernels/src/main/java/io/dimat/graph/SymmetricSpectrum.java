package io.dimat.graph;

import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Eigenvalues of a symmetric matrix, ascending. Commons Math may not converge where eigenvalues are
 * zero up to rounding, as in products of pairings; so it gets the matrix plus twice its norm times
 * I, whose diagonal is far from 0, and the shift is taken off again.
 */
final class SymmetricSpectrum {
  private final double shift;
  private final EigenDecomposition shifted;

  private SymmetricSpectrum(double shift, EigenDecomposition shifted) {
    this.shift = shift;
    this.shifted = shifted;
  }

  /** Of a symmetric matrix, not modified. */
  static SymmetricSpectrum of(RealMatrix matrix) {
    int n = matrix.getRowDimension();
    double shift = 2 * matrix.getNorm();
    RealMatrix moved = matrix.add(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(shift));
    return new SymmetricSpectrum(shift, new EigenDecomposition(moved));
  }

  int size() {
    return shifted.getRealEigenvalues().length;
  }

  /** The k-th smallest eigenvalue, k from 0. */
  double value(int k) {
    return shifted.getRealEigenvalue(size() - 1 - k) - shift;
  }

  double largest() {
    return value(size() - 1);
  }

  /** A unit eigenvector of {@link #value}. */
  double[] vector(int k) {
    return shifted.getEigenvector(size() - 1 - k).toArray();
  }
}

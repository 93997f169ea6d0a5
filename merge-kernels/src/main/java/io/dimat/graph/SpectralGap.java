package io.dimat.graph;

import java.util.Arrays;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * How fast a mixing matrix forgets differences: each mixing shrinks them by the second largest
 * modulus of its eigenvalues.
 *
 * @param slem {@code max(|lambda_2|, |lambda_n|)} after one eigenvalue 1 is set aside; 1 if the
 *     agents never agree
 * @param lambdaMin smallest eigenvalue, its real part where it is complex
 */
public record SpectralGap(double slem, double lambdaMin) {
  /**
   * Of one matrix. If W is normal ({@code W W' = W' W}: symmetric or circulant), its moduli are its
   * singular values and its real parts the eigenvalues of {@code (W + W') / 2}, so that symmetric
   * problems suffice; Commons Math's general eigenvalues do not converge for some circulants.
   */
  public static SpectralGap of(MixingMatrix mixing) {
    RealMatrix w = MatrixUtils.createRealMatrix(mixing.toArray());
    return isNormal(w) ? normal(mixing, w) : general(w);
  }

  private static boolean isNormal(RealMatrix w) {
    RealMatrix transposed = w.transpose();
    RealMatrix commutator = w.multiply(transposed).subtract(transposed.multiply(w));
    return commutator.getNorm() <= MixingMatrix.TOLERANCE;
  }

  private static SpectralGap normal(MixingMatrix mixing, RealMatrix w) {
    double slem = ProductError.of(mixing, 1).norm();
    RealMatrix symmetric = w.add(w.transpose()).scalarMultiply(0.5);
    return new SpectralGap(slem, SymmetricSpectrum.of(symmetric).value(0));
  }

  private static SpectralGap general(RealMatrix w) {
    EigenDecomposition eigen = new EigenDecomposition(w);
    double[] real = eigen.getRealEigenvalues();
    double[] imaginary = eigen.getImagEigenvalues();
    int one = nearestToOne(real, imaginary);
    double slem = 0;
    for (int k = 0; k < real.length; k++) {
      slem = k == one ? slem : Math.max(slem, Math.hypot(real[k], imaginary[k]));
    }
    return new SpectralGap(slem, Arrays.stream(real).min().orElseThrow());
  }

  /** {@code 1 - slem}: 1 for exact averaging in one mixing, 0 without any. */
  public double gap() {
    return 1 - slem;
  }

  private static int nearestToOne(double[] real, double[] imaginary) {
    int best = 0;
    for (int k = 1; k < real.length; k++) {
      if (Math.hypot(real[k] - 1, imaginary[k]) < Math.hypot(real[best] - 1, imaginary[best])) {
        best = k;
      }
    }
    return best;
  }
}

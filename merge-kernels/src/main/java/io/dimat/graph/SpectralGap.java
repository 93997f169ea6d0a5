package io.dimat.graph;

import java.util.Arrays;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * How fast a mixing matrix forgets differences: each mixing shrinks them by the second largest
 * modulus of its eigenvalues.
 *
 * @param slem {@code max(|lambda_2|, |lambda_n|)} after one eigenvalue 1 is set aside; 1 if the
 *     agents never agree
 * @param lambdaMin smallest eigenvalue, its real part where it is complex
 */
public record SpectralGap(double slem, double lambdaMin) {
  /** Eigenvalues by Commons Math, the general ones where W is not symmetric. */
  public static SpectralGap of(MixingMatrix mixing) {
    EigenDecomposition eigen =
        new EigenDecomposition(MatrixUtils.createRealMatrix(mixing.toArray()));
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

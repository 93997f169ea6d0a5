package io.dimat.graph;

import java.util.List;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * {@code rho(alpha) = |E[W'W] - J|}, the mean square contraction of randomly used matchings: {@code
 * E[W'W] = I - 2 alpha L + alpha^2 (L^2 + 2 sum of p_m (1 - p_m) L_m)}, {@code L = sum of p_m L_m}.
 * Convex in alpha. MATCHA (arXiv 1905.09435), section 4.
 */
final class ExpectedContraction {
  private static final double TOLERANCE = 1e-8;
  private static final double NEAR = 1e-6;
  private static final int EVALUATIONS = 200;

  private final RealMatrix laplacian;
  private final RealMatrix second;

  ExpectedContraction(int agents, List<List<Edge>> matchings, List<Double> probabilities) {
    laplacian = Laplacian.zero(agents);
    RealMatrix variance = Laplacian.zero(agents);
    for (int m = 0; m < matchings.size(); m++) {
      double p = probabilities.get(m);
      Laplacian.addTo(laplacian, matchings.get(m), p);
      Laplacian.addTo(variance, matchings.get(m), 2 * p * (1 - p));
    }
    second = laplacian.multiply(laplacian).add(variance);
  }

  /** rho at one weight. */
  double at(double alpha) {
    int n = laplacian.getRowDimension();
    RealMatrix rest =
        MatrixUtils.createRealIdentityMatrix(n)
            .subtract(laplacian.scalarMultiply(2 * alpha))
            .add(second.scalarMultiply(alpha * alpha))
            .scalarAdd(-1.0 / n);
    return SymmetricSpectrum.of(rest).largest();
  }

  /** The weight of least rho in (0, most]; {@code most} itself where rho still falls there. */
  double bestAlpha(double most) {
    if (at(most) <= at(most * (1 - NEAR))) {
      return most;
    }
    return new BrentOptimizer(TOLERANCE, TOLERANCE)
        .optimize(
            new UnivariateObjectiveFunction(this::at),
            GoalType.MINIMIZE,
            new SearchInterval(0, most),
            new MaxEval(EVALUATIONS))
        .getPoint();
  }
}

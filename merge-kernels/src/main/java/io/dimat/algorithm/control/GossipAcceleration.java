package io.dimat.algorithm.control;

import io.dimat.tensor.ParamVector;

/** How repeated gossip rounds follow each other. */
public enum GossipAcceleration {
  /** {@code y <- W y}: r rounds shrink the consensus distance by {@code rho^r} or more. */
  PLAIN {
    @Override
    double momentum(double before, int round, double rho) {
      return 1;
    }

    @Override
    double shrink(int round, double rho) {
      return rho;
    }
  },
  /**
   * {@code y_r+1 <- omega (W y_r - y_r-1) + y_r-1}, {@code omega_1 = 1, omega_2 = 1 / (1 - rho^2 /
   * 2), omega_r+1 = 1 / (1 - rho^2 omega_r / 4)}: r rounds shrink by {@code 1 / T_r(1 / rho)} or
   * more, T_r the Chebyshev polynomial. Needs a symmetric W and its rho.
   */
  CHEBYSHEV {
    @Override
    double momentum(double before, int round, double rho) {
      return switch (round) {
        case 1 -> 1;
        case 2 -> 1 / (1 - rho * rho / 2);
        default -> 1 / (1 - rho * rho * before / 4);
      };
    }

    @Override
    double shrink(int round, double rho) {
      return rho <= 0 ? 0 : 1 / Math.cosh(round * acosh(1 / rho));
    }
  };

  /**
   * omega of a round.
   *
   * @param before omega of the round before
   * @param round 1, 2, ...
   * @param rho second largest modulus of an eigenvalue of W
   */
  abstract double momentum(double before, int round, double rho);

  /**
   * What the consensus distance is certainly multiplied with: plain by this round alone, Chebyshev
   * by this and all rounds before it.
   */
  abstract double shrink(int round, double rho);

  /** The round's result; {@code previous} is y_r-1, any vector if omega is 1. */
  static ParamVector next(double omega, ParamVector mixed, ParamVector previous) {
    return omega == 1 ? mixed : previous.plus(omega, mixed.minus(previous));
  }

  private static double acosh(double x) {
    return Math.log(x + Math.sqrt(Math.max(0, x * x - 1)));
  }
}

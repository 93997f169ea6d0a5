package io.dimat.dl4j;

/**
 * ReLU without branches: the sign of an activation is close to random, so a branch would be
 * mispredicted every other time, and a loop without branches becomes vector instructions.
 */
final class Rectifier {
  /** Twice this takes the smallest positive float above 1. */
  private static final float HUGE = Float.MAX_VALUE;

  private Rectifier() {}

  /** {@code x = max(x, 0)}, NaN stays. */
  static void forward(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(x[i], 0f);
    }
  }

  /**
   * Clears the gradient wherever {@code y}, before or after the rectifier, is zero or negative; NaN
   * makes it NaN.
   */
  static void backward(float[] y, float[] gradient, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= slope(y[i]);
    }
  }

  /** 1 for a positive number, 0 for zero and negative ones; NaN stays NaN. */
  static float slope(float y) {
    return Math.min(Math.max(y, 0f) * HUGE * HUGE, 1f);
  }
}

package io.dimat.dl4j;

import io.dimat.network.Layer.Activation.Function;

/**
 * Elementwise work on tensors, tile by tile: a tile is copied to a Java array that stays in the
 * first-level cache, where plain loops become vector instructions, and copied back.
 */
final class Tiles {
  private static final int LENGTH = 4096;

  private final float[] left = new float[LENGTH];
  private final float[] right = new float[LENGTH];

  /** {@code sum = a + b}; the sum may be one of them. */
  void add(Tensor a, Tensor b, Tensor sum) {
    int length = a.length();
    for (int from = 0; from < length; from += LENGTH) {
      int n = Math.min(LENGTH, length - from);
      a.read(from, left, n);
      b.read(from, right, n);
      add(left, right, n);
      sum.write(from, left, n);
    }
  }

  private static void add(float[] sum, float[] share, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += share[i];
    }
  }

  /** {@code target = source}. */
  void copy(Tensor source, Tensor target) {
    int length = source.length();
    for (int from = 0; from < length; from += LENGTH) {
      int n = Math.min(LENGTH, length - from);
      source.read(from, left, n);
      target.write(from, left, n);
    }
  }

  /** {@code output = f(input)}; both may be one tensor. */
  void activate(Function function, Tensor input, Tensor output) {
    int length = input.length();
    for (int from = 0; from < length; from += LENGTH) {
      int n = Math.min(LENGTH, length - from);
      input.read(from, left, n);
      switch (function) {
        case RELU -> Rectifier.forward(left, n);
        case TANH -> tanh(left, n);
      }
      output.write(from, left, n);
    }
  }

  /** {@code gradient *= f'}, with f' from the function's output. */
  void activateBackward(Function function, Tensor output, Tensor gradient) {
    int length = output.length();
    for (int from = 0; from < length; from += LENGTH) {
      int n = Math.min(LENGTH, length - from);
      output.read(from, left, n);
      gradient.read(from, right, n);
      switch (function) {
        case RELU -> Rectifier.backward(left, right, n);
        case TANH -> tanhBackward(left, right, n);
      }
      gradient.write(from, right, n);
    }
  }

  private static void tanh(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = (float) Math.tanh(x[i]);
    }
  }

  private static void tanhBackward(float[] y, float[] gradient, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= 1 - y[i] * y[i];
    }
  }
}

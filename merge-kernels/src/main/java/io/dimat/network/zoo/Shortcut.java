package io.dimat.network.zoo;

/**
 * How a residual network projects its stream where a stage begins: a convolution of stride 2 and a
 * batch norm.
 */
public enum Shortcut {
  /** 3x3 with padding 1, as in the official DIMAT code. */
  CONV3X3(3, 1),
  /** 1x1 without padding, option B of He et al. 2015 (arXiv 1512.03385). */
  CONV1X1(1, 0);

  private final int kernel;
  private final int padding;

  Shortcut(int kernel, int padding) {
    this.kernel = kernel;
    this.padding = padding;
  }

  int kernel() {
    return kernel;
  }

  int padding() {
    return padding;
  }
}

package io.dimat.learn.reference;

import io.dimat.network.Shape;

/**
 * The pooling windows of a batch.
 *
 * @param in shape of one image's input
 * @param out shape of one image's output
 * @param height of a window
 * @param width of a window
 * @param stride in both axes
 * @param padding by which the first window starts outside of the input, in both axes
 */
record Windows(Shape in, Shape out, int height, int width, int stride, int padding) {
  /** Receives the input indices of a window's values, without padding, and its output index. */
  @FunctionalInterface
  interface Visitor {
    void window(int[] values, int output);
  }

  /** Visits every window of every channel of every image, in output order. */
  void forEach(int images, Visitor visitor) {
    int output = 0;
    for (int plane = 0; plane < images * in.channels(); plane++) {
      for (int r = 0; r < out.height(); r++) {
        for (int c = 0; c < out.width(); c++) {
          visitor.window(values(plane * in.positions(), r, c), output++);
        }
      }
    }
  }

  private int[] values(int plane, int r, int c) {
    int top = Math.max(0, r * stride - padding);
    int left = Math.max(0, c * stride - padding);
    int columns = Math.min(in.width(), c * stride - padding + width) - left;
    int rows = Math.min(in.height(), r * stride - padding + height) - top;
    int[] values = new int[rows * columns];
    for (int k = 0; k < values.length; k++) {
      values[k] = plane + (top + k / columns) * in.width() + left + k % columns;
    }
    return values;
  }

  /** Number of values in a window, padding included. */
  int size() {
    return height * width;
  }
}

package io.dimat.learn.reference;

import io.dimat.network.Shape;

/**
 * The pooling windows of a batch, all inside the input.
 *
 * @param in shape of one image's input
 * @param out shape of one image's output
 * @param height of a window
 * @param width of a window
 * @param stride in both axes
 */
record Windows(Shape in, Shape out, int height, int width, int stride) {
  /** Receives the input index of a window's first value and the output index of the window. */
  @FunctionalInterface
  interface Visitor {
    void window(int input, int output);
  }

  /** Visits every window of every channel of every image, in output order. */
  void forEach(int images, Visitor visitor) {
    int output = 0;
    for (int plane = 0; plane < images * in.channels(); plane++) {
      for (int r = 0; r < out.height(); r++) {
        for (int c = 0; c < out.width(); c++) {
          visitor.window(plane * in.positions() + r * stride * in.width() + c * stride, output++);
        }
      }
    }
  }

  /** Number of values in a window. */
  int size() {
    return height * width;
  }

  /** Input index of value {@code k} of the window whose first value is at {@code input}. */
  int value(int input, int k) {
    return input + k / width * in.width() + k % width;
  }
}

package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Shape;

/**
 * The window of a convolution or a pooling: square, and with the same padding on all four sides.
 */
record Window(int kernel, int stride, int padding) {
  /**
   * Reads {@code kernelSize}, {@code stride}, {@code padding} and {@code convolutionMode}.
   *
   * @param input shape of what the window moves over
   */
  static Window of(Fields layer, Shape input) throws ModelFileException {
    layer.requireTextOrNothing("cnn2dDataFormat", "NCHW");
    int kernel = layer.square("kernelSize", 1);
    int stride = layer.square("stride", 1);
    layer.require(layer.square("dilation", 1) == 1, "dilation", "1 (not dilated)");
    String mode = layer.text("convolutionMode");
    int padding =
        switch (mode) {
          case "Truncate", "Strict" -> layer.square("padding", 0);
          case "Same" -> same(layer, kernel, stride, input);
          default ->
              throw layer.refusal(
                  "convolutionMode must be Truncate, Strict or Same, got " + Fields.shorten(mode));
        };
    return new Window(kernel, stride, padding);
  }

  /** {@code Same} pads so that {@code ceil(in / stride)} positions come out. */
  private static int same(Fields layer, int kernel, int stride, Shape input)
      throws ModelFileException {
    int height = missing(kernel, stride, input.height());
    int width = missing(kernel, stride, input.width());
    if (height != width || height % 2 != 0) {
      throw layer.refusal(
          "convolutionMode Same must pad all sides alike, on an input of "
              + input
              + " it pads "
              + height
              + " rows and "
              + width
              + " columns in all");
    }
    return height / 2;
  }

  private static int missing(int kernel, int stride, int in) {
    int out = (in + stride - 1) / stride;
    return Math.max(0, (out - 1) * stride + kernel - in);
  }
}

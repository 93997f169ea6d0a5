package io.dimat.learn.reference;

import java.util.function.DoubleUnaryOperator;

/**
 * What one layer computes on a batch. Features are [images, channels, positions] row-major;
 * parameters are the network's whole flat vector, of which an operator reads its own slices. An
 * operator holds shapes and offsets, never values.
 */
interface Operator {
  /**
   * Features of this layer.
   *
   * @param inputs features of the layers it reads, in order; not modified
   * @param images number of stacked samples
   * @param params flat parameters; not modified
   */
  double[] forward(double[][] inputs, int images, double[] params, Mode mode);

  /**
   * The chain rule in training mode.
   *
   * @param inputs as given to {@link #forward}; not modified
   * @param output what {@link #forward} returned in training mode; not modified
   * @param slope gradient of the loss by {@code output}; not modified
   * @param params flat parameters; not modified
   * @param gradient flat gradient; this layer's part is added to it
   * @return gradient of the loss by each input, new arrays
   */
  double[][] backward(
      double[][] inputs,
      double[] output,
      double[] slope,
      int images,
      double[] params,
      double[] gradient);

  /**
   * Moves running statistics towards those of the batch: {@code s <- s + rate (batch - s)}. Does
   * nothing for a layer that keeps none.
   *
   * @param inputs as given to {@link #forward}; not modified
   * @param params flat parameters; the running statistics of this layer are modified
   * @param rate from the layer's own momentum to the rate of this move
   */
  default void moveStatistics(
      double[][] inputs, int images, double[] params, DoubleUnaryOperator rate) {}
}

package io.dimat.dl4j;

import io.dimat.network.Layer.Conv2d;

/** A convolution of the images: nothing is handed back to them. */
final class ImageConvStep implements Step {
  private final Value input;
  private final Value output;
  private final TensorPool pool;
  private final NativeParameter weight;
  private final ConvStep forward;
  private final ImageColumns columns;

  /**
   * @param layer in one group, without a bias
   */
  ImageConvStep(Conv2d layer, Value input, Value output, TensorPool pool, ConvStep forward) {
    this.input = input;
    this.output = output;
    this.pool = pool;
    this.weight = forward.weight();
    this.forward = forward;
    this.columns = new ImageColumns(layer, input.shape(), output.shape());
  }

  @Override
  public void upload() {
    forward.upload();
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    forward.forward(pass);
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    columns.weightGradient(input.data(), gradient, weight.gradient());
    weight.downloadGradient();
    pool.give(gradient);
  }

  @Override
  public void close() {
    forward.close();
    columns.close();
  }
}

package io.dimat.dl4j;

import io.dimat.network.Shape;

/** Images to vectors: channels-last inside becomes channel-major, as the network promises. */
final class FlattenStep implements Step {
  private final Value input;
  private final Value output;
  private final TensorPool pool;
  private final float[] channelsLast;
  private final float[] channelMajor;

  FlattenStep(Value input, Value output, TensorPool pool) {
    this.input = input;
    this.output = output;
    this.pool = pool;
    this.channelsLast = new float[input.shape().size()];
    this.channelMajor = new float[input.shape().size()];
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    int count = input.data().count();
    output.data().resize(count);
    Shape shape = input.shape();
    for (int n = 0; n < count; n++) {
      input.data().read(n * shape.size(), channelsLast, shape.size());
      Transpose.toChannelMajor(shape, channelsLast, channelMajor, 0);
      output.data().write(n * shape.size(), channelMajor, shape.size());
    }
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    Shape shape = input.shape();
    Tensor inputGradient = pool.take(shape, gradient.count());
    for (int n = 0; n < gradient.count(); n++) {
      gradient.read(n * shape.size(), channelMajor, shape.size());
      Transpose.toChannelsLast(shape, channelMajor, 0, channelsLast);
      inputGradient.write(n * shape.size(), channelsLast, shape.size());
    }
    pool.give(gradient);
    input.receiveGradient(inputGradient);
  }
}

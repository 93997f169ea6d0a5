package io.dimat.dl4j;

import java.util.List;

/** Channels side by side. */
final class ConcatStep implements Step {
  private final List<Value> inputs;
  private final Value output;
  private final TensorPool pool;
  private final float[] joined;

  ConcatStep(List<Value> inputs, Value output, TensorPool pool) {
    this.inputs = inputs;
    this.output = output;
    this.pool = pool;
    this.joined = new float[output.shape().size()];
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    int count = inputs.get(0).data().count();
    output.data().resize(count);
    for (int n = 0; n < count; n++) {
      int channel = 0;
      for (Value input : inputs) {
        float[] part = new float[input.shape().size()];
        input.data().read(n * part.length, part, part.length);
        exchange(part, input.shape().channels(), channel, Direction.JOIN);
        channel += input.shape().channels();
      }
      output.data().write(n * joined.length, joined, joined.length);
    }
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    int channel = 0;
    for (Value input : inputs) {
      Tensor share = pool.take(input.shape(), gradient.count());
      float[] part = new float[input.shape().size()];
      for (int n = 0; n < gradient.count(); n++) {
        gradient.read(n * joined.length, joined, joined.length);
        exchange(part, input.shape().channels(), channel, Direction.SPLIT);
        share.write(n * part.length, part, part.length);
      }
      channel += input.shape().channels();
      input.receiveGradient(share);
    }
    pool.give(gradient);
  }

  private enum Direction {
    JOIN,
    SPLIT
  }

  private void exchange(float[] part, int channels, int firstChannel, Direction direction) {
    int all = output.shape().channels();
    for (int p = 0; p < output.shape().positions(); p++) {
      int at = p * all + firstChannel;
      switch (direction) {
        case JOIN -> System.arraycopy(part, p * channels, joined, at, channels);
        case SPLIT -> System.arraycopy(joined, at, part, p * channels, channels);
      }
    }
  }
}

package io.dimat.dl4j;

import io.dimat.network.Layer.Activation.Function;

/** An elementwise function, possibly in place: its input and output may be one value. */
final class ActivationStep implements Step {
  private final Function function;
  private final Value input;
  private final Value output;
  private final TensorPool pool;

  ActivationStep(Function function, Value input, Value output, TensorPool pool) {
    this.function = function;
    this.input = input;
    this.output = output;
    this.pool = pool;
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    output.data().resize(input.data().count());
    pool.tiles().activate(function, input.data(), output.data());
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    pool.tiles().activateBackward(function, output.data(), gradient);
    input.receiveGradient(gradient);
  }
}

package io.dimat.dl4j;

import java.util.List;

/** Elementwise sum. */
final class AddStep implements Step {
  private final List<Value> inputs;
  private final Value output;
  private final TensorPool pool;

  AddStep(List<Value> inputs, Value output, TensorPool pool) {
    this.inputs = inputs;
    this.output = output;
    this.pool = pool;
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    Tensor first = inputs.get(0).data();
    output.data().resize(first.count());
    pool.tiles().add(first, inputs.get(1).data(), output.data());
    for (Value input : inputs.subList(2, inputs.size())) {
      pool.tiles().add(output.data(), input.data(), output.data());
    }
  }

  /** Every input gets a copy but the first, which gets the gradient itself. */
  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    for (Value input : inputs.subList(1, inputs.size())) {
      Tensor copy = pool.take(gradient.shape(), gradient.count());
      pool.tiles().copy(gradient, copy);
      input.receiveGradient(copy);
    }
    inputs.get(0).receiveGradient(gradient);
  }
}

package io.dimat.dl4j;

import io.dimat.network.Layer.Pool2d;
import io.dimat.network.Layer.Pool2d.Pooling;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Window pooling by libnd4j; of equal maxima the first one in the window gets the gradient. */
final class PoolStep implements Step {
  private final Value input;
  private final Value output;
  private final TensorPool pool;
  private final String operation;
  private final int[] arguments;

  PoolStep(Pool2d layer, Value input, Value output, TensorPool pool) {
    this.input = input;
    this.output = output;
    this.pool = pool;
    this.operation = layer.pooling() == Pooling.MAX ? "maxpool2d" : "avgpool2d";
    int k = layer.kernel();
    int s = layer.stride();
    int p = layer.padding();
    // Kernel, stride, padding, dilation 1, explicit padding, (max: unused, average: divide by
    // the whole window), data NHWC.
    this.arguments = new int[] {k, k, s, s, p, p, 1, 1, 0, 1, 1};
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    output.data().resize(input.data().count());
    NativeOp.run(
        operation,
        new INDArray[] {input.data().images()},
        new INDArray[] {output.data().images()},
        arguments);
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    Tensor inputGradient = pool.take(input.shape(), gradient.count());
    NativeOp.run(
        operation + "_bp",
        new INDArray[] {input.data().images(), gradient.images()},
        new INDArray[] {inputGradient.images()},
        arguments);
    pool.give(gradient);
    input.receiveGradient(inputGradient);
  }
}

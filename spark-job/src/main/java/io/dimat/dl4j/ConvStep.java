package io.dimat.dl4j;

import io.dimat.network.Layer.Conv2d;
import io.dimat.network.ParamSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolution by libnd4j's {@code conv2d} and {@code conv2d_bp}, which oneDNN computes. */
final class ConvStep implements Step {
  private final Value input;
  private final Value output;
  private final TensorPool pool;
  private final NativeParameter weight;
  private final Optional<NativeParameter> bias;
  private final int[] arguments;

  ConvStep(Conv2d layer, Value input, Value output, TensorPool pool, Parameters parameters) {
    this.input = input;
    this.output = output;
    this.pool = pool;
    this.weight = new NativeParameter(parameters, layer.name() + "." + ParamSpec.WEIGHT);
    this.bias =
        layer.hasBias()
            ? Optional.of(new NativeParameter(parameters, layer.name() + "." + ParamSpec.BIAS))
            : Optional.empty();
    this.arguments = arguments(layer);
  }

  NativeParameter weight() {
    return weight;
  }

  /** Kernel, stride, padding, dilation 1, explicit padding, data NHWC, weights OIHW. */
  private static int[] arguments(Conv2d layer) {
    int k = layer.kernel();
    int s = layer.stride();
    int p = layer.padding();
    return new int[] {k, k, s, s, p, p, 1, 1, 0, 1, 1};
  }

  @Override
  public void upload() {
    weight.upload();
    bias.ifPresent(NativeParameter::upload);
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    output.data().resize(input.data().count());
    INDArray x = input.data().images();
    INDArray[] inputs =
        bias.map(b -> new INDArray[] {x, weight.value(), b.value()})
            .orElseGet(() -> new INDArray[] {x, weight.value()});
    NativeOp.run("conv2d", inputs, new INDArray[] {output.data().images()}, arguments);
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    Tensor inputGradient = pool.take(input.shape(), gradient.count());
    INDArray x = input.data().images();
    INDArray w = weight.value();
    INDArray dy = gradient.images();
    INDArray dx = inputGradient.images();
    INDArray dw = weight.gradient();
    INDArray[] inputs =
        bias.map(b -> new INDArray[] {x, w, b.value(), dy})
            .orElseGet(() -> new INDArray[] {x, w, dy});
    INDArray[] outputs =
        bias.map(b -> new INDArray[] {dx, dw, b.gradient()})
            .orElseGet(() -> new INDArray[] {dx, dw});
    NativeOp.run("conv2d_bp", inputs, outputs, arguments);
    weight.downloadGradient();
    bias.ifPresent(NativeParameter::downloadGradient);
    pool.give(gradient);
    input.receiveGradient(inputGradient);
  }

  @Override
  public void close() {
    weight.close();
    bias.ifPresent(NativeParameter::close);
  }
}

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

  private ConvStep(
      Conv2d layer,
      Value input,
      Value output,
      TensorPool pool,
      NativeParameter weight,
      Optional<NativeParameter> bias) {
    this.input = input;
    this.output = output;
    this.pool = pool;
    this.weight = weight;
    this.bias = bias;
    this.arguments = arguments(layer);
  }

  /** Every output reads every input. */
  static ConvStep full(
      Conv2d layer, Value input, Value output, TensorPool pool, Parameters parameters) {
    NativeParameter weight = new NativeParameter(parameters, weightName(layer));
    return new ConvStep(layer, input, output, pool, weight, bias(layer, parameters, 0, 1));
  }

  /**
   * One group of a convolution in groups.
   *
   * @param input the channels of this group alone
   * @param output the channels of this group alone
   */
  static ConvStep group(
      Conv2d layer, int group, Value input, Value output, TensorPool pool, Parameters parameters) {
    long[] axes = NativeParameter.axes(parameters, weightName(layer));
    axes[0] /= layer.groups();
    int first = group * Math.toIntExact(axes[0] * axes[1] * axes[2] * axes[3]);
    NativeParameter weight = new NativeParameter(parameters, weightName(layer), first, axes);
    return new ConvStep(
        layer, input, output, pool, weight, bias(layer, parameters, group, layer.groups()));
  }

  private static String weightName(Conv2d layer) {
    return layer.name() + "." + ParamSpec.WEIGHT;
  }

  private static Optional<NativeParameter> bias(
      Conv2d layer, Parameters parameters, int part, int parts) {
    if (!layer.hasBias()) {
      return Optional.empty();
    }
    int length = layer.channels() / parts;
    String name = layer.name() + "." + ParamSpec.BIAS;
    return Optional.of(new NativeParameter(parameters, name, part * length, length));
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

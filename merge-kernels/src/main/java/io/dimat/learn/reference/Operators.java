package io.dimat.learn.reference;

import io.dimat.network.Layer;
import io.dimat.network.LayerVisitor;
import io.dimat.network.Network;
import io.dimat.network.ParamSpec;
import io.dimat.network.Shape;

/** From a layer to its operator, with shapes and parameter offsets of one network. */
final class Operators implements LayerVisitor<Operator> {
  private static final int ABSENT = -1;

  private final Network network;

  Operators(Network network) {
    this.network = network;
  }

  /** The images stand for themselves. */
  @Override
  public Operator input(Layer.Input layer) {
    return new Identity();
  }

  @Override
  public Operator conv2d(Layer.Conv2d layer) {
    return new Convolution(
        layer,
        network.shape(layer.input()),
        network.shape(layer.name()),
        offset(layer, ParamSpec.WEIGHT),
        layer.hasBias() ? offset(layer, ParamSpec.BIAS) : ABSENT);
  }

  @Override
  public Operator batchNorm(Layer.BatchNorm layer) {
    return new BatchNormalization(
        layer,
        network.shape(layer.name()),
        new BatchNormalization.Offsets(
            offset(layer, ParamSpec.WEIGHT),
            offset(layer, ParamSpec.BIAS),
            offset(layer, ParamSpec.RUNNING_MEAN),
            offset(layer, ParamSpec.RUNNING_VARIANCE)));
  }

  @Override
  public Operator dense(Layer.Dense layer) {
    return new Affine(
        network.shape(layer.input()).size(),
        layer.features(),
        offset(layer, ParamSpec.WEIGHT),
        layer.hasBias() ? offset(layer, ParamSpec.BIAS) : ABSENT);
  }

  @Override
  public Operator activation(Layer.Activation layer) {
    return switch (layer.function()) {
      case RELU -> new Rectifier();
      case TANH -> new HyperbolicTangent();
    };
  }

  @Override
  public Operator pool2d(Layer.Pool2d layer) {
    Windows windows =
        new Windows(
            network.shape(layer.input()),
            network.shape(layer.name()),
            layer.kernel(),
            layer.kernel(),
            layer.stride(),
            layer.padding());
    return switch (layer.pooling()) {
      case MAX -> new MaximumPooling(windows);
      case AVERAGE -> new AveragePooling(windows);
    };
  }

  @Override
  public Operator globalAveragePool(Layer.GlobalAveragePool layer) {
    Shape in = network.shape(layer.input());
    return new AveragePooling(
        new Windows(in, network.shape(layer.name()), in.height(), in.width(), 1, 0));
  }

  @Override
  public Operator add(Layer.Add layer) {
    return new Sum();
  }

  @Override
  public Operator concat(Layer.Concat layer) {
    return new Concatenation();
  }

  @Override
  public Operator flatten(Layer.Flatten layer) {
    return new Identity();
  }

  @Override
  public Operator output(Layer.Output layer) {
    return new Identity();
  }

  private int offset(Layer layer, String suffix) {
    return network.layout().slice(layer.name() + "." + suffix).offset();
  }
}

package io.dimat.network;

import java.util.Map;

/** Copies of layers that read from elsewhere. */
public final class LayerRewiring implements LayerVisitor<Layer> {
  private final Map<String, String> moved;

  /**
   * @param moved new input by old input; what is not in it stays
   */
  public LayerRewiring(Map<String, String> moved) {
    this.moved = Map.copyOf(moved);
  }

  private String from(String input) {
    return moved.getOrDefault(input, input);
  }

  @Override
  public Layer input(Layer.Input layer) {
    return layer;
  }

  @Override
  public Layer conv2d(Layer.Conv2d l) {
    return new Layer.Conv2d(
        l.name(),
        from(l.input()),
        l.channels(),
        l.kernel(),
        l.stride(),
        l.padding(),
        l.groups(),
        l.hasBias());
  }

  @Override
  public Layer batchNorm(Layer.BatchNorm l) {
    return new Layer.BatchNorm(l.name(), from(l.input()), l.epsilon(), l.momentum());
  }

  @Override
  public Layer dense(Layer.Dense l) {
    return new Layer.Dense(l.name(), from(l.input()), l.features(), l.hasBias());
  }

  @Override
  public Layer activation(Layer.Activation l) {
    return new Layer.Activation(l.name(), from(l.input()), l.function());
  }

  @Override
  public Layer pool2d(Layer.Pool2d l) {
    return new Layer.Pool2d(
        l.name(), from(l.input()), l.pooling(), l.kernel(), l.stride(), l.padding());
  }

  @Override
  public Layer globalAveragePool(Layer.GlobalAveragePool l) {
    return new Layer.GlobalAveragePool(l.name(), from(l.input()));
  }

  @Override
  public Layer add(Layer.Add l) {
    return new Layer.Add(l.name(), l.inputs().stream().map(this::from).toList());
  }

  @Override
  public Layer concat(Layer.Concat l) {
    return new Layer.Concat(l.name(), l.inputs().stream().map(this::from).toList());
  }

  @Override
  public Layer flatten(Layer.Flatten l) {
    return new Layer.Flatten(l.name(), from(l.input()));
  }

  @Override
  public Layer output(Layer.Output l) {
    return new Layer.Output(l.name(), from(l.input()));
  }
}

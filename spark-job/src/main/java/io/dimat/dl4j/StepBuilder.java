package io.dimat.dl4j;

import io.dimat.dl4j.BatchNormStep.Finish;
import io.dimat.network.Layer;
import io.dimat.network.Layer.Activation.Function;
import io.dimat.network.LayerVisitor;
import io.dimat.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns layers into steps. An activation that is the only reader of its input overwrites it, and a
 * rectifier behind a batch norm becomes part of it, unless somebody asked to see the input.
 */
final class StepBuilder implements LayerVisitor<Value> {
  private final Network network;
  private final Set<String> kept;
  private final Parameters parameters;
  private final TensorPool pool;
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, Layer.Activation> onlyReader = new HashMap<>();
  private final Map<String, Value> values = new TreeMap<>();
  private final Set<String> forgetful = new HashSet<>();
  private final Set<String> rectified = new HashSet<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<Value, Integer> lastUses = new HashMap<>();

  /**
   * @param kept layers whose own output is wanted, before any activation behind it
   */
  StepBuilder(Network network, Set<String> kept, Parameters parameters, TensorPool pool) {
    this.network = network;
    this.kept = kept;
    this.parameters = parameters;
    this.pool = pool;
    for (Layer layer : network.layers()) {
      layer.inputs().forEach(in -> readers.merge(in, 1, Integer::sum));
      if (layer instanceof Layer.Activation activation) {
        onlyReader.put(activation.input(), activation);
      }
    }
    onlyReader.keySet().removeIf(in -> readers.get(in) > 1);
  }

  /** Builds everything. */
  StepBuilder build() {
    for (Layer layer : network.layers()) {
      values.put(layer.name(), layer.accept(this));
      layer.inputs().forEach(in -> use(value(in)));
      use(value(layer.name()));
    }
    return this;
  }

  private void use(Value value) {
    lastUses.put(value, steps.size() - 1);
  }

  /**
   * For every step the values that nobody reads after it: neither a later step nor whoever asked
   * for the logits or for what is kept.
   */
  List<List<Value>> lastReads() {
    Set<Value> wanted = new HashSet<>(values(List.copyOf(kept)));
    wanted.add(value(network.layers().get(network.layers().size() - 1).name()));
    List<List<Value>> last = new ArrayList<>();
    steps.forEach(step -> last.add(new ArrayList<>()));
    lastUses.forEach(
        (value, step) -> {
          if (!wanted.contains(value)) {
            last.get(step).add(value);
          }
        });
    return last;
  }

  List<Step> steps() {
    return steps;
  }

  /** For every layer the value that holds its output. */
  Map<String, Value> values() {
    return values;
  }

  private Value fresh(Layer layer) {
    return new Value(network.shape(layer.name()), pool);
  }

  private Value value(String layer) {
    return values.get(layer);
  }

  private List<Value> values(List<String> layers) {
    return layers.stream().map(values::get).toList();
  }

  private Value add(Step step, Value output) {
    steps.add(step);
    return output;
  }

  @Override
  public Value input(Layer.Input layer) {
    return fresh(layer);
  }

  @Override
  public Value conv2d(Layer.Conv2d layer) {
    Value input = value(layer.input());
    Value output = freshForgotten(layer);
    return add(convolution(layer, input, output), output);
  }

  private Step convolution(Layer.Conv2d layer, Value input, Value output) {
    if (layer.isDepthwise(input.shape())) {
      return new DepthwiseConvStep(layer, input, output, pool, parameters);
    }
    if (layer.groups() > 1) {
      return new GroupedConvStep(layer, input, output, pool, parameters);
    }
    ConvStep conv = ConvStep.full(layer, input, output, pool, parameters);
    boolean readsImages = network.layer(layer.input()) instanceof Layer.Input;
    return readsImages && !layer.hasBias()
        ? new ImageConvStep(layer, input, output, pool, conv)
        : conv;
  }

  @Override
  public Value batchNorm(Layer.BatchNorm layer) {
    Value output = freshForgotten(layer);
    Finish finish = Finish.NONE;
    Layer.Activation activation = onlyReader.get(layer.name());
    if (mayOverwrite(layer.name())
        && activation != null
        && activation.function() == Function.RELU) {
      finish = Finish.RELU;
      rectified.add(activation.name());
    }
    return add(new BatchNormStep(layer, finish, value(layer.input()), output, parameters), output);
  }

  @Override
  public Value dense(Layer.Dense layer) {
    Value output = freshForgotten(layer);
    return add(new DenseStep(layer, value(layer.input()), output, pool, parameters), output);
  }

  @Override
  public Value activation(Layer.Activation layer) {
    Value input = value(layer.input());
    if (rectified.contains(layer.name())) {
      return input;
    }
    Value output = mayOverwrite(layer.input()) ? input : fresh(layer);
    return add(new ActivationStep(layer.function(), input, output, pool), output);
  }

  /** True if nobody else wants to see the layer's output. */
  private boolean mayOverwrite(String layer) {
    return readers.get(layer) == 1 && !kept.contains(layer) && forgetful.contains(layer);
  }

  /** An output that the layer's own backward pass does not read. */
  private Value freshForgotten(Layer layer) {
    forgetful.add(layer.name());
    return fresh(layer);
  }

  @Override
  public Value pool2d(Layer.Pool2d layer) {
    Value output = fresh(layer);
    return add(new PoolStep(layer, value(layer.input()), output, pool), output);
  }

  @Override
  public Value globalAveragePool(Layer.GlobalAveragePool layer) {
    Value output = fresh(layer);
    return add(new GlobalPoolStep(value(layer.input()), output, pool), output);
  }

  @Override
  public Value add(Layer.Add layer) {
    Value output = freshForgotten(layer);
    return add(new AddStep(values(layer.inputs()), output, pool), output);
  }

  @Override
  public Value concat(Layer.Concat layer) {
    Value output = fresh(layer);
    return add(new ConcatStep(values(layer.inputs()), output, pool), output);
  }

  @Override
  public Value flatten(Layer.Flatten layer) {
    Value output = fresh(layer);
    return add(new FlattenStep(value(layer.input()), output, pool), output);
  }

  @Override
  public Value output(Layer.Output layer) {
    return value(layer.input());
  }
}

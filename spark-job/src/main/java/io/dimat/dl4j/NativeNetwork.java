package io.dimat.dl4j;

import io.dimat.learn.Batch;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network whose layers run on memory that libnd4j shares with Java. Not thread-safe. */
final class NativeNetwork implements AutoCloseable {
  private final Network network;
  private final Parameters parameters;
  private final TensorPool pool = new TensorPool();
  private final Map<String, Value> values;
  private final List<Step> steps;
  private final List<List<Value>> lastReads;
  private final Value input;
  private final Value logits;
  private final float[] image;

  /**
   * @param kept layers that {@link #features} will be asked for after {@link #observe}
   * @param parameters read at every pass after {@link #upload()}
   */
  NativeNetwork(Network network, Set<String> kept, Parameters parameters) {
    this.network = network;
    this.parameters = parameters;
    StepBuilder builder = new StepBuilder(network, kept, parameters, pool).build();
    this.values = builder.values();
    this.steps = builder.steps();
    this.lastReads = builder.lastReads();
    this.input = values.get(network.layers().get(0).name());
    this.logits = values.get(network.layers().get(network.layers().size() - 1).name());
    this.image = new float[network.inputShape().size()];
  }

  Parameters parameters() {
    return parameters;
  }

  /** Makes changed parameters known to the layers. */
  void upload() {
    steps.forEach(Step::upload);
  }

  /** Runs the batch through all layers and keeps what {@link #backward} needs. */
  void forward(Batch batch, Pass pass) {
    read(batch);
    steps.forEach(step -> step.forward(pass));
  }

  /**
   * Runs the batch through all layers for the sake of the logits, the kept layers and the batch's
   * statistics: every other output is forgotten as soon as it has been read, so that the memory of
   * a few layers is enough for all.
   */
  void observe(Batch batch, Pass pass) {
    read(batch);
    for (int s = 0; s < steps.size(); s++) {
      steps.get(s).forward(pass);
      lastReads.get(s).forEach(value -> value.data().release());
    }
  }

  private void read(Batch batch) {
    Shape shape = network.inputShape();
    if (!batch.shape().equals(shape)) {
      throw new IllegalArgumentException(
          network.name() + " reads images of " + shape + ", got " + batch.shape());
    }
    input.data().resize(batch.size());
    for (int n = 0; n < batch.size(); n++) {
      Transpose.toChannelsLast(shape, batch.images(), n * shape.size(), image);
      input.data().write(n * shape.size(), image, shape.size());
    }
  }

  /**
   * Runs the loss's gradient back; afterwards the parameters' gradient is complete.
   *
   * @param logitsGradient [images, classes]
   */
  void backward(float[] logitsGradient) {
    receive(logits, logitsGradient);
    backward();
  }

  /**
   * The same for a loss that reads one hidden layer besides the logits.
   *
   * @param layer a layer whose output no activation overwrites
   * @param layerGradient as {@link #features} of the layer
   */
  void backward(float[] logitsGradient, String layer, float[] layerGradient) {
    receive(values.get(network.layer(layer).name()), layerGradient);
    backward(logitsGradient);
  }

  private void receive(Value value, float[] values) {
    Tensor gradient = pool.take(value.shape(), value.data().count());
    gradient.write(0, values, values.length);
    value.receiveGradient(gradient);
  }

  private void backward() {
    Arrays.fill(parameters.gradient(), 0f);
    for (int s = steps.size() - 1; s >= 0; s--) {
      if (steps.get(s).output().hasGradient()) {
        steps.get(s).backward();
      }
    }
    if (input.hasGradient()) {
      pool.give(input.takeGradient());
    }
  }

  /** Logits of the last forward pass, [images, classes]. */
  float[] logits() {
    float[] copy = new float[logits.data().length()];
    logits.data().read(0, copy, copy.length);
    return copy;
  }

  /**
   * A layer's output in the last forward pass, channels last: [images, positions, channels]. Kept
   * layers have one after {@link #observe} too, those that an activation overwrites only if kept.
   */
  float[] features(String layer) {
    Tensor data = values.get(network.layer(layer).name()).data();
    float[] features = new float[data.length()];
    data.read(0, features, features.length);
    return features;
  }

  /** Adds the last batch's statistics to the sums. */
  void addStatistics(StatisticSums sums) {
    steps.forEach(step -> step.addStatistics(sums));
  }

  @Override
  public void close() {
    steps.forEach(Step::close);
    new LinkedHashSet<>(values.values()).forEach(Value::close);
    pool.close();
  }
}

package io.dimat.dl4j;

import io.dimat.network.Layer.Dense;
import io.dimat.network.ParamSpec;

/** {@code y = x W^T + b} by BLAS; the bias is plain Java. */
final class DenseStep implements Step {
  private final Value input;
  private final Value output;
  private final TensorPool pool;
  private final Parameters parameters;
  private final NativeParameter weight;
  private final String biasName;
  private final float[] row;

  DenseStep(Dense layer, Value input, Value output, TensorPool pool, Parameters parameters) {
    this.input = input;
    this.output = output;
    this.pool = pool;
    this.parameters = parameters;
    this.weight = new NativeParameter(parameters, layer.name() + "." + ParamSpec.WEIGHT);
    this.biasName = layer.name() + "." + ParamSpec.BIAS;
    this.row = new float[layer.features()];
  }

  @Override
  public void upload() {
    weight.upload();
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    output.data().resize(input.data().count());
    NativeOp.product(input.data().matrix(), 0, weight.value(), 1, output.data().matrix());
    if (parameters.contains(biasName)) {
      addBias(output.data());
    }
  }

  private void addBias(Tensor y) {
    float[] values = parameters.values();
    int offset = parameters.slice(biasName).offset();
    for (int n = 0; n < y.count(); n++) {
      y.read(n * row.length, row, row.length);
      for (int i = 0; i < row.length; i++) {
        row[i] += values[offset + i];
      }
      y.write(n * row.length, row, row.length);
    }
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    Tensor inputGradient = pool.take(input.shape(), gradient.count());
    NativeOp.product(gradient.matrix(), 1, input.data().matrix(), 0, weight.gradient());
    NativeOp.product(gradient.matrix(), 0, weight.value(), 0, inputGradient.matrix());
    weight.downloadGradient();
    if (parameters.contains(biasName)) {
      biasGradient(gradient);
    }
    pool.give(gradient);
    input.receiveGradient(inputGradient);
  }

  private void biasGradient(Tensor gradient) {
    double[] sums = new double[row.length];
    for (int n = 0; n < gradient.count(); n++) {
      gradient.read(n * row.length, row, row.length);
      for (int i = 0; i < row.length; i++) {
        sums[i] += row[i];
      }
    }
    int offset = parameters.gradientOffset(biasName);
    for (int i = 0; i < row.length; i++) {
      parameters.gradient()[offset + i] = (float) sums[i];
    }
  }

  @Override
  public void close() {
    weight.close();
  }
}

package io.dimat.dl4j;

import io.dimat.network.Layer.BatchNorm;
import io.dimat.network.ParamSpec;

/**
 * Batch norm, with the rectifier that follows it if there is one, in plain Java loops over channel
 * lanes: {@code y = (x - mean) scale + shift} with {@code scale = weight / sqrt(variance +
 * epsilon)}. Both directions read every tensor twice and write one.
 */
final class BatchNormStep implements Step {
  /** What is done to a normalised value. */
  enum Finish {
    NONE,
    RELU
  }

  private final BatchNorm layer;
  private final Finish finish;
  private final Value input;
  private final Value output;
  private final Parameters parameters;
  private final BatchMoments moments;
  private final NormLoops loops;
  private final double[] mean;
  private final double[] inverseDeviation;
  private final int weightOffset;
  private final int biasOffset;
  private final int meanOffset;
  private final int varianceOffset;

  BatchNormStep(BatchNorm layer, Finish finish, Value input, Value output, Parameters parameters) {
    int channels = input.shape().channels();
    this.layer = layer;
    this.finish = finish;
    this.input = input;
    this.output = output;
    this.parameters = parameters;
    this.moments = new BatchMoments(channels);
    this.loops = new NormLoops(channels);
    this.mean = new double[channels];
    this.inverseDeviation = new double[channels];
    this.weightOffset = offset(ParamSpec.WEIGHT);
    this.biasOffset = offset(ParamSpec.BIAS);
    this.meanOffset = offset(ParamSpec.RUNNING_MEAN);
    this.varianceOffset = offset(ParamSpec.RUNNING_VARIANCE);
  }

  private int offset(String suffix) {
    return parameters.slice(layer.name() + "." + suffix).offset();
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    Tensor x = input.data();
    output.data().resize(x.count());
    if (pass == Pass.EVALUATION) {
      useRunning();
    } else {
      moments.measure(x);
      useBatch();
    }
    if (pass == Pass.UPDATED) {
      moveRunning();
    }
    prepare();
    switch (finish) {
      case NONE -> loops.normalise(x, output.data());
      case RELU -> loops.normaliseAndRectify(x, output.data());
    }
  }

  private void useRunning() {
    float[] values = parameters.values();
    for (int c = 0; c < mean.length; c++) {
      mean[c] = values[meanOffset + c];
      inverseDeviation[c] = 1 / Math.sqrt(values[varianceOffset + c] + layer.epsilon());
    }
  }

  private void useBatch() {
    for (int c = 0; c < mean.length; c++) {
      mean[c] = moments.mean(c);
      inverseDeviation[c] = 1 / Math.sqrt(moments.biasedVariance(c) + layer.epsilon());
    }
  }

  private void moveRunning() {
    float[] values = parameters.values();
    double m = layer.momentum();
    for (int c = 0; c < mean.length; c++) {
      int mu = meanOffset + c;
      int var = varianceOffset + c;
      values[mu] = (float) ((1 - m) * values[mu] + m * moments.mean(c));
      values[var] = (float) ((1 - m) * values[var] + m * moments.unbiasedVariance(c));
    }
  }

  private void prepare() {
    float[] values = parameters.values();
    double[] scale = new double[mean.length];
    double[] shift = new double[mean.length];
    for (int c = 0; c < mean.length; c++) {
      scale[c] = values[weightOffset + c] * inverseDeviation[c];
      shift[c] = values[biasOffset + c];
    }
    loops.prepare(mean, scale, shift);
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    if (finish == Finish.RELU) {
      loops.sumRectified(input.data(), gradient);
    } else {
      loops.sum(input.data(), gradient);
    }
    double count = moments.count();
    double[] offset = new double[mean.length];
    double[] slope = new double[mean.length];
    float[] values = parameters.gradient();
    int weightAt = parameters.gradientOffset(layer.name() + "." + ParamSpec.WEIGHT);
    int biasAt = parameters.gradientOffset(layer.name() + "." + ParamSpec.BIAS);
    for (int c = 0; c < mean.length; c++) {
      double s = inverseDeviation[c];
      values[weightAt + c] = (float) (loops.productSum(c) * s);
      values[biasAt + c] = (float) loops.gradientSum(c);
      offset[c] = loops.gradientSum(c) / count;
      slope[c] = loops.productSum(c) * s * s / count;
    }
    loops.backward(input.data(), gradient, offset, slope);
    input.receiveGradient(gradient);
  }

  @Override
  public void addStatistics(StatisticSums sums) {
    double[] means = sums.of(meanOffset);
    double[] variances = sums.of(varianceOffset);
    for (int c = 0; c < means.length; c++) {
      means[c] += moments.mean(c);
      variances[c] += moments.unbiasedVariance(c);
    }
  }
}

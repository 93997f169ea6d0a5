package io.dimat.learn;

import io.dimat.align.BlockedMatrixProduct;
import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.MatrixProduct;
import io.dimat.align.UnitFeatures;
import io.dimat.learn.reference.CrossEntropy;
import io.dimat.learn.reference.Mode;
import io.dimat.learn.reference.Passes;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The {@link Learner} that the others are judged by: plain Java, double precision between float
 * parameters, small and slow. A loss that is not finite is reported, never thrown.
 */
public final class ReferenceLearner implements Learner {
  private final Network network;
  private final Passes passes;
  private final MatrixProduct product;
  private ParamVector params;

  /** A learner whose parameters are all zero until {@link #load}. */
  public ReferenceLearner(Network network) {
    this(network, new BlockedMatrixProduct());
  }

  /**
   * A learner whose parameters are all zero until {@link #load}.
   *
   * @param product used by {@link #crossMoments}
   */
  public ReferenceLearner(Network network, MatrixProduct product) {
    this.network = network;
    this.passes = new Passes(network);
    this.product = product;
    this.params = ParamVector.zeros(network.layout());
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void load(ParamVector loaded) {
    params = requireLayout(loaded);
  }

  @Override
  public ParamVector store() {
    return params;
  }

  @Override
  public TrainingStats train(LocalOptimizer optimizer, BatchSource batches) {
    TrainingStats total = new TrainingStats(0, 0, 0);
    for (Batch batch : batches) {
      Gradient step = gradient(params, batch, StatisticsPolicy.UPDATED);
      float[] trainable = params.trainable().toArray();
      optimizer.step(trainable, step.gradient().toArray());
      params = withTrainable(step.parameters(), trainable);
      total = total.plus(new TrainingStats(step.loss(), batch.size(), 1));
    }
    return total;
  }

  @Override
  public Gradient gradient(ParamVector at, Batch batch, StatisticsPolicy policy) {
    double[] point = doubles(requireLayout(at).toArray());
    Passes.Features features = forward(point, batch, Mode.TRAINING);
    double[] gradient = passes.backward(point, features, logitSlopes(features, batch));
    ParamVector after = moved(at, point, features, policy);
    return new Gradient(crossEntropy(features, batch), vector(gradient).trainable(), after);
  }

  @Override
  public Gradient gradient(
      ParamVector at, Batch batch, FeatureTargets targets, StatisticsPolicy policy) {
    String layer = network.requireLastHidden();
    double[] point = doubles(requireLayout(at).toArray());
    Passes.Features features = forward(point, batch, Mode.TRAINING);
    double[] hidden = features.of(layer);
    double[] gradient =
        passes.backward(
            point, features, logitSlopes(features, batch), layer, targets.slopes(hidden));
    double loss = crossEntropy(features, batch) + targets.penalty(hidden);
    ParamVector after = moved(at, point, features, policy);
    return new Gradient(loss, vector(gradient).trainable(), after);
  }

  @Override
  public float[] features(ParamVector at, Batch batch) {
    double[] point = doubles(requireLayout(at).toArray());
    return floats(forward(point, batch, Mode.TRAINING).of(network.requireLastHidden()));
  }

  private double crossEntropy(Passes.Features features, Batch batch) {
    return CrossEntropy.sum(features.logits(), batch.labels(), network.classes()) / batch.size();
  }

  private double[] logitSlopes(Passes.Features features, Batch batch) {
    return CrossEntropy.meanSlopes(features.logits(), batch.labels(), network.classes());
  }

  /** The point with running statistics as the policy leaves them; {@code point} is modified. */
  private ParamVector moved(
      ParamVector at, double[] point, Passes.Features features, StatisticsPolicy policy) {
    if (policy == StatisticsPolicy.FROZEN) {
      return at;
    }
    passes.moveStatistics(point, features, DoubleUnaryOperator.identity());
    return vector(point);
  }

  @Override
  public float[] logits(Batch batch) {
    return floats(evaluation(params, batch).logits());
  }

  /**
   * One layer's features of the loaded model in evaluation mode.
   *
   * @param layer name of a layer of the network
   * @return [images, channels, positions] row-major, a new array
   */
  public double[] features(Batch batch, String layer) {
    return evaluation(params, batch).of(network.layer(layer).name());
  }

  @Override
  public Evaluation evaluate(BatchSource batches) {
    EvaluationTally tally = new EvaluationTally(network.classes());
    for (Batch batch : batches) {
      double[] logits = evaluation(params, batch).logits();
      double loss = CrossEntropy.sum(logits, batch.labels(), network.classes());
      tally.add(loss, batch.labels(), logits);
    }
    return tally.result();
  }

  /** Batch k moves the statistics by 1 / k, which makes them the plain mean of the batches. */
  @Override
  public void recalibrate(BatchSource batches) {
    if (!network.hasBatchNorm()) {
      return;
    }
    double[] point = doubles(params.toArray());
    int seen = 0;
    for (Batch batch : batches) {
      seen++;
      double rate = 1.0 / seen;
      passes.moveStatistics(point, forward(point, batch, Mode.TRAINING), momentum -> rate);
    }
    if (seen == 0) {
      throw new IllegalArgumentException("recalibration needs at least 1 batch, got 0");
    }
    params = vector(point);
  }

  @Override
  public List<List<CrossMoments>> crossMoments(
      List<ParamVector> models, List<ModelPair> pairs, BatchSource probe, List<MatchPoint> points) {
    models.forEach(this::requireLayout);
    PairMoments moments = new PairMoments(network, pairs, points, product);
    for (Batch batch : probe) {
      moments.add(m -> features(models.get(m), batch, points));
    }
    return moments.sums();
  }

  private List<UnitFeatures> features(ParamVector model, Batch batch, List<MatchPoint> points) {
    Passes.Features features = evaluation(model, batch);
    return points.stream()
        .map(
            p -> {
              Shape shape = network.shape(p.layer());
              return UnitFeatures.channelMajor(
                  floats(features.of(p.layer())),
                  batch.size(),
                  shape.channels(),
                  shape.positions());
            })
        .toList();
  }

  @Override
  public Learner forNetwork(Network other) {
    return new ReferenceLearner(other, product);
  }

  @Override
  public String backend() {
    return "reference, plain Java, double";
  }

  @Override
  public void close() {}

  private Passes.Features evaluation(ParamVector at, Batch batch) {
    return forward(doubles(at.toArray()), batch, Mode.EVALUATION);
  }

  private Passes.Features forward(double[] point, Batch batch, Mode mode) {
    if (!batch.shape().equals(network.inputShape())) {
      throw new IllegalArgumentException(
          network.name() + " reads images of " + network.inputShape() + ", got " + batch.shape());
    }
    return passes.forward(point, doubles(batch.images()), batch.size(), mode);
  }

  /** {@code statistics} with its trainable slices replaced by packed ones. */
  private static ParamVector withTrainable(ParamVector statistics, float[] trainable) {
    ParamLayout layout = statistics.layout();
    float[] all = statistics.toArray();
    int from = 0;
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == Role.TRAINABLE) {
        System.arraycopy(trainable, from, all, slice.offset(), slice.length());
        from += slice.length();
      }
    }
    return ParamVector.of(layout, all);
  }

  private ParamVector requireLayout(ParamVector vector) {
    if (!vector.layout().equals(network.layout())) {
      throw new IllegalArgumentException(
          network.name() + " needs " + network.layout() + ", got " + vector.layout());
    }
    return vector;
  }

  private ParamVector vector(double[] values) {
    return ParamVector.of(network.layout(), floats(values));
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    Arrays.setAll(result, i -> values[i]);
    return result;
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}

package io.dimat.dl4j;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.UnitFeatures;
import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.learn.Evaluation;
import io.dimat.learn.EvaluationTally;
import io.dimat.learn.FeatureTargets;
import io.dimat.learn.Gradient;
import io.dimat.learn.Learner;
import io.dimat.learn.LearnerFactory;
import io.dimat.learn.LocalOptimizer;
import io.dimat.learn.ModelPair;
import io.dimat.learn.PairMoments;
import io.dimat.learn.StatisticsPolicy;
import io.dimat.learn.TrainingStats;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamVector;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The default learner: layers on libnd4j and oneDNN, one native thread per learner. Any number of
 * learners run side by side, each in its own thread, and give the same bits as alone.
 */
public final class Dl4jLearner implements Learner {
  /** Makes these learners. */
  public record Factory() implements LearnerFactory {
    @Override
    public Learner create(Network network) {
      return new Dl4jLearner(network);
    }
  }

  /** Most activations of a layer, or of all observed layers, that evaluation holds: 64 MB. */
  private static final long VALUES_AT_ONCE = 16_000_000;

  private final Network network;

  /** Made when first needed: comparing models, which brings its own, does not need them. */
  private Parameters parameters;

  private NativeNetwork layers;

  /** A learner whose parameters are all zero. */
  public Dl4jLearner(Network network) {
    NativeThreads.useOne();
    this.network = network;
  }

  private Parameters parameters() {
    if (parameters == null) {
      parameters = new Parameters(network.layout());
    }
    return parameters;
  }

  private NativeNetwork layers() {
    if (layers == null) {
      layers = new NativeNetwork(network, Set.of(), parameters());
      layers.upload();
    }
    return layers;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void load(ParamVector params) {
    parameters().load(params);
    layers().upload();
  }

  @Override
  public ParamVector store() {
    return parameters().store();
  }

  @Override
  public TrainingStats train(LocalOptimizer optimizer, BatchSource batches) {
    NativeThreads.useOne();
    double loss = 0;
    int images = 0;
    int steps = 0;
    for (Batch batch : batches) {
      loss += forwardBackward(batch, Pass.UPDATED);
      parameters().step(optimizer);
      layers().upload();
      images += batch.size();
      steps++;
    }
    return new TrainingStats(loss / Math.max(1, images), images, steps);
  }

  /** Leaves the gradient of the mean loss in the parameters; the sum of losses is returned. */
  private double forwardBackward(Batch batch, Pass pass) {
    layers().forward(batch, pass);
    float[] logits = layers().logits();
    double loss = CrossEntropy.sum(logits, batch.labels());
    layers().backward(CrossEntropy.meanGradient(logits, batch.labels()));
    return loss;
  }

  @Override
  public Gradient gradient(ParamVector at, Batch batch, StatisticsPolicy policy) {
    return at(
        at,
        () -> {
          double loss = forwardBackward(batch, pass(policy)) / batch.size();
          return new Gradient(loss, parameters().storeGradient(), store());
        });
  }

  @Override
  public Gradient gradient(
      ParamVector at, Batch batch, FeatureTargets targets, StatisticsPolicy policy) {
    String hidden = network.requireLastHidden();
    return at(
        at,
        () -> {
          layers().forward(batch, pass(policy));
          float[] logits = layers().logits();
          double[] features = doubles(layers().features(hidden));
          double loss =
              CrossEntropy.sum(logits, batch.labels()) / batch.size() + targets.penalty(features);
          layers()
              .backward(
                  CrossEntropy.meanGradient(logits, batch.labels()),
                  hidden,
                  floats(targets.slopes(features)));
          return new Gradient(loss, parameters().storeGradient(), store());
        });
  }

  @Override
  public float[] features(ParamVector at, Batch batch) {
    String hidden = network.requireLastHidden();
    return at(
        at,
        () -> {
          layers().forward(batch, Pass.FROZEN);
          return layers().features(hidden);
        });
  }

  private static Pass pass(StatisticsPolicy policy) {
    return policy == StatisticsPolicy.FROZEN ? Pass.FROZEN : Pass.UPDATED;
  }

  /** Does something at other parameters than the loaded ones, which are back afterwards. */
  private <T> T at(ParamVector at, Supplier<T> work) {
    NativeThreads.useOne();
    ParamVector loaded = store();
    try {
      load(at);
      return work.get();
    } finally {
      load(loaded);
    }
  }

  @Override
  public float[] logits(Batch batch) {
    NativeThreads.useOne();
    layers().observe(batch, Pass.EVALUATION);
    return layers().logits();
  }

  @Override
  public Evaluation evaluate(BatchSource batches) {
    EvaluationTally tally = new EvaluationTally(network.classes());
    for (Batch batch : batches) {
      batch.parts(imagesAtOnce(network.largestLayer())).forEach(part -> evaluate(part, tally));
    }
    return tally.result();
  }

  private void evaluate(Batch batch, EvaluationTally tally) {
    float[] logits = logits(batch);
    tally.add(CrossEntropy.sum(logits, batch.labels()), batch.labels(), doubles(logits));
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  @Override
  public void recalibrate(BatchSource batches) {
    if (!network.hasBatchNorm()) {
      return;
    }
    NativeThreads.useOne();
    StatisticSums sums = new StatisticSums(network.layout());
    int count = 0;
    for (Batch batch : batches) {
      layers().observe(batch, Pass.FROZEN);
      layers().addStatistics(sums);
      count++;
    }
    if (count == 0) {
      throw new IllegalArgumentException("recalibration needs at least 1 batch, got 0");
    }
    sums.means(count, parameters().values());
    layers().upload();
  }

  @Override
  public List<List<CrossMoments>> crossMoments(
      List<ParamVector> models, List<ModelPair> pairs, BatchSource probe, List<MatchPoint> points) {
    NativeThreads.useOne();
    Set<String> observed = points.stream().map(MatchPoint::layer).collect(Collectors.toSet());
    PairMoments moments = new PairMoments(network, pairs, points, new BlasMatrixProduct());
    try (NativeNetwork observer =
        new NativeNetwork(network, observed, new Parameters(network.layout()))) {
      for (Batch batch : probe) {
        for (Batch part : batch.parts(imagesAtOnce(observedValues(points)))) {
          moments.add(m -> observe(observer, models.get(m), part, points));
        }
      }
    }
    return moments.sums();
  }

  /** Evaluation mode does not mind how images are batched, memory does. */
  private static int imagesAtOnce(long valuesPerImage) {
    return (int) Math.max(1, VALUES_AT_ONCE / valuesPerImage);
  }

  private long observedValues(List<MatchPoint> points) {
    return points.stream().mapToLong(p -> network.shape(p.layer()).size()).sum();
  }

  private List<UnitFeatures> observe(
      NativeNetwork observer, ParamVector model, Batch batch, List<MatchPoint> points) {
    observer.parameters().load(model);
    observer.upload();
    observer.observe(batch, Pass.EVALUATION);
    return points.stream().map(p -> features(observer, batch.size(), p.layer())).toList();
  }

  private UnitFeatures features(NativeNetwork observer, int images, String layer) {
    Shape shape = network.shape(layer);
    return UnitFeatures.channelsLast(
        observer.features(layer), images * shape.positions(), shape.channels());
  }

  @Override
  public Learner forNetwork(Network other) {
    return new Dl4jLearner(other);
  }

  @Override
  public String backend() {
    return Backend.describe();
  }

  @Override
  public void close() {
    if (layers != null) {
      layers.close();
    }
  }
}

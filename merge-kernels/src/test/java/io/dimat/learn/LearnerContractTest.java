package io.dimat.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link Learner} holds. An implementation's test extends this class and says how to
 * make one and how exact it is; {@link ReferenceLearner} is the oracle.
 */
public abstract class LearnerContractTest {
  private static final String NETWORKS = "io.dimat.learn.SmallNetworks#";
  private static final double LEARNING_RATE = 0.05;

  /** A new learner of the implementation under test. */
  protected abstract Learner create(Network network);

  /** Largest error of features, losses, gradients and statistics of order 1. */
  protected abstract double tolerance();

  /** Step of the central differences; larger where the loss is computed in single precision. */
  protected abstract double differenceStep();

  /** Largest error of a central difference with that step. */
  protected abstract double differenceTolerance();

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void store_afterLoad_isTheSameBitForBit(Network network) throws Exception {
    try (Learner learner = create(network)) {
      for (long seed = 1; seed < 4; seed++) {
        learner.load(RandomParams.of(network, seed));
        assertThat(learner.store()).isEqualTo(RandomParams.of(network, seed));
      }
    }
  }

  @Test
  public void load_parametersOfAnotherNetwork_areRefused() throws Exception {
    try (Learner learner = create(SmallNetworks.mlp())) {
      ParamVector foreign = RandomParams.of(SmallNetworks.residual(), 1);
      assertThatThrownBy(() -> learner.load(foreign)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void explicitParameters_leaveTheLoadedOnes(Network network) throws Exception {
    try (Learner learner = loaded(network)) {
      ParamVector other = RandomParams.of(network, 2);
      Batch batch = images(network).batch(5, 1);
      float[] before = learner.logits(batch);
      learner.gradient(other, batch, StatisticsPolicy.UPDATED);
      learner.gradient(
          other, batch, targets(learner.features(other, batch), batch), StatisticsPolicy.UPDATED);
      learner.crossMoments(other, List.of(other), Batches.of(batch), points(network));
      assertThat(learner.store()).isEqualTo(RandomParams.of(network, 1));
      assertThat(learner.logits(batch)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void sameCalls_giveTheSameBits(Network network) throws Exception {
    try (Learner first = loaded(network);
        Learner second = loaded(network)) {
      Batches batches = images(network).batches(3, 4, 1);
      OptimizerSpec adam = OptimizerSpec.adam(0.01);
      assertThat(first.train(adam.create(), batches))
          .isEqualTo(second.train(adam.create(), batches));
      assertThat(first.store()).isEqualTo(second.store());
      ParamVector at = first.store();
      Batch batch = batches.list().get(0);
      assertThat(first.gradient(at, batch, StatisticsPolicy.FROZEN))
          .isEqualTo(first.gradient(at, batch, StatisticsPolicy.FROZEN));
      assertThat(first.logits(batch)).isEqualTo(second.logits(batch));
      assertThat(first.evaluate(batches)).isEqualTo(second.evaluate(batches));
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "smooth")
  public void gradient_equalsCentralDifferences(Network network) throws Exception {
    try (Learner learner = create(network)) {
      Batch batch = images(network).batch(6, 1);
      requireCentralDifferences(learner, RandomParams.of(network, 1), batch);
    }
  }

  /** Compares every element of a gradient with the difference quotient of the loss. */
  protected final void requireCentralDifferences(Learner learner, ParamVector at, Batch batch) {
    float[] gradient = learner.gradient(at, batch, StatisticsPolicy.FROZEN).gradient().toArray();
    int k = 0;
    for (ParamSlice slice : at.layout().slices()) {
      if (slice.role() == Role.TRAINABLE) {
        for (int i = 0; i < slice.length(); i++) {
          assertThat((double) gradient[k++])
              .as("%s[%d]", slice.name(), i)
              .isCloseTo(
                  centralDifference(learner, at, batch, slice, i), within(differenceTolerance()));
        }
      }
    }
    assertThat(k).isEqualTo(gradient.length);
  }

  private double centralDifference(
      Learner learner, ParamVector at, Batch batch, ParamSlice slice, int i) {
    float value = at.slice(slice.name())[i];
    float above = (float) (value + differenceStep());
    float below = (float) (value - differenceStep());
    return (loss(learner, moved(at, slice, i, above), batch)
            - loss(learner, moved(at, slice, i, below), batch))
        / ((double) above - below);
  }

  private static ParamVector moved(ParamVector at, ParamSlice slice, int i, float value) {
    float[] tensor = at.slice(slice.name());
    tensor[i] = value;
    return at.with(slice.name(), tensor);
  }

  private static double loss(Learner learner, ParamVector at, Batch batch) {
    return learner.gradient(at, batch, StatisticsPolicy.FROZEN).loss();
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void gradient_equalsTheReference(Network network) throws Exception {
    try (Learner learner = create(network);
        Learner oracle = new ReferenceLearner(network)) {
      ParamVector at = RandomParams.of(network, 3);
      Batch batch = images(network).batch(5, 2);
      Gradient expected = oracle.gradient(at, batch, StatisticsPolicy.UPDATED);
      Gradient got = learner.gradient(at, batch, StatisticsPolicy.UPDATED);
      assertThat(got.loss()).isCloseTo(expected.loss(), within(tolerance()));
      requireClose(got.gradient(), expected.gradient());
      requireClose(got.parameters(), expected.parameters());
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void features_equalTheReference(Network network) throws Exception {
    try (Learner learner = loaded(network);
        Learner oracle = new ReferenceLearner(network)) {
      ParamVector at = RandomParams.of(network, 3);
      Batch batch = images(network).batch(5, 2);
      float[] expected = oracle.features(at, batch);
      assertThat(expected)
          .hasSize(5 * network.shape(network.lastHidden().orElseThrow()).size())
          .isNotEqualTo(new float[expected.length]);
      assertThat(learner.features(at, batch)).containsExactly(expected, offset());
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void gradient_towardsTargets_equalsTheReference(Network network) throws Exception {
    try (Learner learner = loaded(network);
        Learner oracle = new ReferenceLearner(network)) {
      ParamVector at = RandomParams.of(network, 3);
      Batch batch = images(network).batch(5, 2);
      FeatureTargets targets =
          targets(oracle.features(RandomParams.of(network, 8), batch), batch)
              .with(.4, oracle.features(RandomParams.of(network, 9), batch));
      Gradient expected = oracle.gradient(at, batch, targets, StatisticsPolicy.UPDATED);
      Gradient got = learner.gradient(at, batch, targets, StatisticsPolicy.UPDATED);
      assertThat(got.loss()).isCloseTo(expected.loss(), within(tolerance()));
      requireClose(got.gradient(), expected.gradient());
      requireClose(got.parameters(), expected.parameters());
      Gradient plain = learner.gradient(at, batch, StatisticsPolicy.UPDATED);
      assertThat(Math.sqrt(got.gradient().squaredDistance(plain.gradient())))
          .isGreaterThan(100 * tolerance());
    }
  }

  /** Running statistics move as often as in the plain gradient, which is once. */
  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void gradient_towardsNothing_isThePlainOne(Network network) throws Exception {
    try (Learner learner = loaded(network)) {
      ParamVector at = RandomParams.of(network, 3);
      Batch batch = images(network).batch(5, 2);
      float[] features = learner.features(at, batch);
      FeatureTargets none = FeatureTargets.none(5, features.length / 5);
      for (FeatureTargets targets : List.of(none, none.with(0, new float[features.length]))) {
        for (StatisticsPolicy policy : StatisticsPolicy.values()) {
          Gradient plain = learner.gradient(at, batch, policy);
          Gradient got = learner.gradient(at, batch, targets, policy);
          assertThat(got.loss()).isEqualTo(plain.loss());
          assertThat(got.gradient().squaredDistance(plain.gradient())).isZero();
          assertThat(got.parameters()).isEqualTo(plain.parameters());
        }
      }
    }
  }

  @Test
  public void features_networkWithoutDenseLayer_areRefused() throws Exception {
    Network network = SmallNetworks.batchNormOnly();
    try (Learner learner = loaded(network)) {
      Batch batch = images(network).batch(2, 1);
      FeatureTargets none = FeatureTargets.none(2, 3);
      String message =
          "hidden features are what the last dense layer reads, network batch-norm-only has none";
      assertThatThrownBy(() -> learner.features(learner.store(), batch)).hasMessage(message);
      assertThatThrownBy(
              () -> learner.gradient(learner.store(), batch, none, StatisticsPolicy.FROZEN))
          .hasMessage(message);
    }
  }

  private static FeatureTargets targets(float[] towards, Batch batch) {
    return FeatureTargets.none(batch.size(), towards.length / batch.size()).with(.7, towards);
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void logits_equalTheReference(Network network) throws Exception {
    try (Learner learner = loaded(network);
        Learner oracle = new ReferenceLearner(network)) {
      oracle.load(RandomParams.of(network, 1));
      Batch batch = images(network).batch(5, 2);
      assertThat(learner.logits(batch)).containsExactly(oracle.logits(batch), offset());
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void train_oneEpochOfMomentum_equalsTheReference(Network network) throws Exception {
    try (Learner learner = loaded(network);
        Learner oracle = new ReferenceLearner(network)) {
      oracle.load(RandomParams.of(network, 1));
      Batches batches = images(network).batches(4, 6, 3);
      OptimizerSpec spec = OptimizerSpec.momentum(LEARNING_RATE, 0.9);
      TrainingStats expected = oracle.train(spec.create(), batches);
      TrainingStats got = learner.train(spec.create(), batches);
      assertThat(got.images()).isEqualTo(24);
      assertThat(got.steps()).isEqualTo(4);
      assertThat(got.loss()).isCloseTo(expected.loss(), within(tolerance()));
      requireClose(learner.store(), oracle.store());
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void train_oneBatchOfSgd_stepsAgainstTheGradient(Network network) throws Exception {
    try (Learner learner = loaded(network)) {
      Batch batch = images(network).batch(6, 1);
      ParamVector before = learner.store();
      Gradient gradient = learner.gradient(before, batch, StatisticsPolicy.UPDATED);
      TrainingStats stats =
          learner.train(OptimizerSpec.sgd(LEARNING_RATE).create(), Batches.of(batch));
      ParamVector expected =
          ParamVector.weightedSum(
              new double[] {1, -LEARNING_RATE}, List.of(before.trainable(), gradient.gradient()));
      assertThat(stats.loss()).isCloseTo(gradient.loss(), within(tolerance()));
      requireClose(learner.store().trainable(), expected);
      requireClose(
          learner.store(), gradient.parameters().withSlicesOf(Role.TRAINABLE, learner.store()));
    }
  }

  @Test
  public void train_separableImages_learnsThem() throws Exception {
    Network network = SmallNetworks.residual();
    try (Learner learner = loaded(network)) {
      AgentData data = images(network).shard(0, 60);
      LocalOptimizer optimizer = OptimizerSpec.adam(0.02).create();
      double first = learner.train(optimizer, data.training(0, 0, 10)).loss();
      double last = first;
      for (int epoch = 1; epoch < 12; epoch++) {
        last = learner.train(optimizer, data.training(0, epoch, 10)).loss();
      }
      assertThat(last).isLessThan(first / 2);
      assertThat(optimizer.steps()).isEqualTo(72);
      assertThat(learner.evaluate(data.test()).accuracy()).isGreaterThan(0.8);
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "normalised")
  public void gradient_frozen_keepsRunningStatistics(Network network) throws Exception {
    try (Learner learner = create(network)) {
      ParamVector at = RandomParams.of(network, 1);
      Batch batch = images(network).batch(5, 1);
      assertThat(learner.gradient(at, batch, StatisticsPolicy.FROZEN).parameters()).isEqualTo(at);
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "normalised")
  public void gradient_updated_movesStatisticsByMomentumTowardsTheBatch(Network network)
      throws Exception {
    try (Learner learner = loaded(network)) {
      ParamVector at = learner.store();
      Batch batch = images(network).batch(5, 1);
      ParamVector moved = learner.gradient(at, batch, StatisticsPolicy.UPDATED).parameters();
      learner.recalibrate(Batches.of(batch));
      ParamVector ofBatch = learner.store();
      assertThat(moved.trainable()).isEqualTo(at.trainable());
      for (Layer layer : network.layers()) {
        if (layer instanceof Layer.BatchNorm norm) {
          for (String statistic : List.of(".running_mean", ".running_var")) {
            String name = norm.name() + statistic;
            float[] expected = at.slice(name);
            for (int c = 0; c < expected.length; c++) {
              expected[c] += (float) (norm.momentum() * (ofBatch.slice(name)[c] - expected[c]));
            }
            assertThat(moved.slice(name)).containsExactly(expected, offset());
          }
        }
      }
    }
  }

  @Test
  public void recalibrate_twoBatches_isTheMeanOfBatchMeansAndUnbiasedVariances() throws Exception {
    Network network = SmallNetworks.batchNormOnly();
    try (Learner learner = loaded(network)) {
      Batches batches = Batches.of(images(network).batch(3, 1), images(network).batch(7, 2));
      learner.recalibrate(batches);
      for (int c = 0; c < 3; c++) {
        int channel = c;
        double[] means = batches.list().stream().mapToDouble(b -> mean(b, channel)).toArray();
        double[] variances =
            batches.list().stream().mapToDouble(b -> unbiasedVariance(b, channel)).toArray();
        assertThat((double) learner.store().slice("bn.running_mean")[c])
            .isCloseTo((means[0] + means[1]) / 2, within(tolerance()));
        assertThat((double) learner.store().slice("bn.running_var")[c])
            .isCloseTo((variances[0] + variances[1]) / 2, within(tolerance()));
      }
    }
  }

  private static double mean(Batch batch, int channel) {
    return IntStream.of(pixelsOf(batch, channel))
        .mapToDouble(p -> batch.images()[p])
        .average()
        .orElseThrow();
  }

  private static double unbiasedVariance(Batch batch, int channel) {
    double mean = mean(batch, channel);
    int[] pixels = pixelsOf(batch, channel);
    return IntStream.of(pixels).mapToDouble(p -> Math.pow(batch.images()[p] - mean, 2)).sum()
        / (pixels.length - 1);
  }

  private static int[] pixelsOf(Batch batch, int channel) {
    int positions = batch.shape().positions();
    return IntStream.range(0, batch.images().length)
        .filter(p -> p / positions % batch.shape().channels() == channel)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "normalised")
  public void recalibrate_equalsTheReferenceAndKeepsTrainables(Network network) throws Exception {
    try (Learner learner = loaded(network);
        Learner oracle = new ReferenceLearner(network)) {
      Batches batches = images(network).batches(3, 6, 4);
      oracle.load(learner.store());
      oracle.recalibrate(batches);
      learner.recalibrate(batches);
      assertThat(learner.store().trainable()).isEqualTo(RandomParams.of(network, 1).trainable());
      requireClose(learner.store(), oracle.store());
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "normalised")
  public void recalibrate_doesNotDependOnEarlierStatistics(Network network) throws Exception {
    try (Learner learner = loaded(network)) {
      Batches batches = images(network).batches(2, 6, 4);
      learner.recalibrate(batches);
      ParamVector once = learner.store();
      learner.load(once.withSlicesOf(Role.RUNNING_STATISTIC, RandomParams.of(network, 9)));
      learner.recalibrate(batches);
      requireClose(learner.store(), once);
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "normalised")
  public void recalibrate_batchesOfUnequalSize_equalsTheReference(Network network)
      throws Exception {
    try (Learner learner = loaded(network);
        Learner oracle = new ReferenceLearner(network)) {
      oracle.load(learner.store());
      oracle.recalibrate(unequal(network));
      learner.recalibrate(unequal(network));
      requireClose(learner.store(), oracle.store());
    }
  }

  @Test
  public void recalibrate_noBatches_isRefusedAndKeepsTheModel() throws Exception {
    try (Learner learner = loaded(SmallNetworks.residual())) {
      ParamVector before = learner.store();
      assertThatThrownBy(() -> learner.recalibrate(Batches.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("recalibration needs at least 1 batch, got 0");
      assertThat(learner.store()).isEqualTo(before);
    }
  }

  @Test
  public void recalibrate_withoutBatchNorm_doesNothing() throws Exception {
    try (Learner learner = loaded(SmallNetworks.mlp())) {
      ParamVector before = learner.store();
      learner.recalibrate(images(learner.network()).batches(2, 3, 1));
      learner.recalibrate(Batches.of());
      assertThat(learner.store()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void evaluate_countsAndLoss_followFromTheLogits(Network network) throws Exception {
    try (Learner learner = loaded(network)) {
      Batches batches = images(network).batches(3, 5, 1);
      Evaluation evaluation = learner.evaluate(batches);
      int classes = network.classes();
      int[] correct = new int[classes];
      int[] count = new int[classes];
      double loss = 0;
      for (Batch batch : batches) {
        float[] logits = learner.logits(batch);
        for (int n = 0; n < batch.size(); n++) {
          int label = batch.labels()[n];
          int from = n * classes;
          double sum =
              IntStream.range(0, classes).mapToDouble(c -> Math.exp(logits[from + c])).sum();
          loss += (Math.log(sum) - logits[from + label]) / batches.images();
          boolean best =
              IntStream.range(0, classes).allMatch(c -> logits[from + c] <= logits[from + label]);
          count[label]++;
          correct[label] += best ? 1 : 0;
        }
      }
      assertThat(evaluation.loss()).isCloseTo(loss, within(tolerance()));
      assertThat(evaluation.count()).containsExactlyElementsOf(boxed(count));
      assertThat(evaluation.correct()).containsExactlyElementsOf(boxed(correct));
    }
  }

  private static List<Integer> boxed(int[] values) {
    return IntStream.of(values).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void evaluation_doesNotDependOnTheRestOfTheBatch(Network network) throws Exception {
    try (Learner learner = loaded(network)) {
      Batches together = images(network).batches(1, 4, 1);
      List<Float> alone = new ArrayList<>();
      for (Batch batch : together.singly()) {
        for (float logit : learner.logits(batch)) {
          alone.add(logit);
        }
      }
      float[] all = learner.logits(together.list().get(0));
      assertThat(all).hasSize(alone.size());
      for (int i = 0; i < all.length; i++) {
        assertThat((double) all[i]).isCloseTo(alone.get(i), within(tolerance()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void crossMoments_ofAModelWithItself_correlatesEveryLiveUnitFully(Network network)
      throws Exception {
    try (Learner learner = create(network)) {
      ParamVector model = RandomParams.of(network, 1);
      Batches probe = images(network).batches(3, 6, 1);
      List<CrossMoments> moments =
          learner.crossMoments(model, List.of(model), probe, points(network)).get(0);
      assertThat(moments).hasSameSizeAs(points(network));
      for (int p = 0; p < moments.size(); p++) {
        CrossMoments m = moments.get(p);
        double positions = network.shape(points(network).get(p).layer()).positions();
        assertThat(m.count()).isEqualTo(18 * positions);
        for (int u = 0; u < m.units(); u++) {
          double variance = m.variancesA()[u];
          double expected = variance / Math.max(variance, 1e-7);
          assertThat(m.correlation()[u * m.units() + u]).isCloseTo(expected, within(1e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void crossMoments_ofSeveralModels_equalTheReference(Network network) throws Exception {
    try (Learner learner = create(network);
        Learner oracle = new ReferenceLearner(network)) {
      ParamVector reference = RandomParams.of(network, 1);
      List<ParamVector> others = List.of(RandomParams.of(network, 2), RandomParams.of(network, 3));
      Batches probe = unequal(network);
      List<List<CrossMoments>> expected =
          oracle.crossMoments(reference, others, probe, points(network));
      List<List<CrossMoments>> got =
          learner.crossMoments(reference, others, probe, points(network));
      assertThat(got).hasSize(2);
      for (int k = 0; k < 2; k++) {
        for (int p = 0; p < points(network).size(); p++) {
          requireClose(got.get(k).get(p), expected.get(k).get(p));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(NETWORKS + "all")
  public void batchOfOneImage_trainsAndEvaluates(Network network) throws Exception {
    try (Learner learner = loaded(network)) {
      Batches one = images(network).batches(1, 1, 1);
      learner.train(OptimizerSpec.sgd(0.01).create(), one);
      learner.recalibrate(one);
      assertThat(learner.store().isFinite()).isTrue();
      assertThat(learner.evaluate(one).loss()).isFinite();
    }
  }

  @Test
  public void train_lossThatIsNotFinite_isReported() throws Exception {
    Network network = SmallNetworks.mlp();
    try (Learner learner = loaded(network)) {
      float[] bias = {Float.NaN, 0, 0, 0};
      learner.load(learner.store().with("head.bias", bias));
      TrainingStats stats =
          learner.train(OptimizerSpec.sgd(0.1).create(), images(network).batches(1, 3, 1));
      assertThat(stats.loss()).isNaN();
      assertThat(learner.store().isFinite()).isFalse();
    }
  }

  @Test
  public void backend_saysWhatTheNumbersDependOn() throws Exception {
    try (Learner learner = create(SmallNetworks.mlp())) {
      assertThat(learner.backend()).isNotBlank();
    }
  }

  private Learner loaded(Network network) {
    Learner learner = create(network);
    learner.load(RandomParams.of(network, 1));
    return learner;
  }

  /** Every layer but input and output, as if each had a group of its own. */
  private static List<MatchPoint> points(Network network) {
    List<Layer> layers = network.layers();
    return IntStream.range(1, layers.size() - 1)
        .mapToObj(l -> new MatchPoint(l - 1, layers.get(l).name()))
        .toList();
  }

  /** A short batch in the middle, a shorter one at the end. */
  private static Batches unequal(Network network) {
    SyntheticImages world = images(network);
    return Batches.of(world.batch(7, 1), world.batch(3, 2), world.batch(6, 3), world.batch(2, 4));
  }

  protected static SyntheticImages images(Network network) {
    return new SyntheticImages(network.inputShape(), network.classes(), 0.5, 7);
  }

  private void requireClose(CrossMoments got, CrossMoments expected) {
    assertThat(got.count()).isEqualTo(expected.count());
    requireClose(got.variancesA(), expected.variancesA());
    requireClose(got.variancesB(), expected.variancesB());
    requireClose(got.covariance(), expected.covariance());
  }

  private void requireClose(double[] got, double[] expected) {
    assertThat(got).containsExactly(expected, within(tolerance()));
  }

  private void requireClose(ParamVector got, ParamVector expected) {
    for (ParamSlice slice : expected.layout().slices()) {
      assertThat(got.slice(slice.name()))
          .as(slice.name())
          .containsExactly(expected.slice(slice.name()), offset());
    }
  }

  private Offset<Float> offset() {
    return within((float) tolerance());
  }
}

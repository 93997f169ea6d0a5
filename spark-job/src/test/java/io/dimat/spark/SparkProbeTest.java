package io.dimat.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.LocalSession;
import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.MatchPoints;
import io.dimat.align.PermutationSpec;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.BlockImages;
import io.dimat.feed.ImageSet;
import io.dimat.feed.Stretch;
import io.dimat.learn.Batch;
import io.dimat.learn.Batches;
import io.dimat.learn.Evaluation;
import io.dimat.learn.Learner;
import io.dimat.learn.LearnerFactory;
import io.dimat.learn.ModelPair;
import io.dimat.learn.RandomParams;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.Probe;
import io.dimat.merge.RememberingProbe;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.shard.ImageSamples;
import io.dimat.source.ImageSource;
import io.dimat.source.Part;
import io.dimat.source.Sources;
import io.dimat.tensor.ParamVector;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sums over a cluster are the sums of one machine, however the tasks went. */
class SparkProbeTest {
  private static final double RELATIVE = 1e-6;

  /** Covariances are products of single precision, variances are not. */
  private static final double PRODUCT = 5e-6;

  private static final LearnerFactory LEARNERS = new Dl4jLearner.Factory();
  private static final Network NETWORK = network("cnn", 1);
  private static final List<MatchPoint> POINTS =
      PermutationSpec.of(NETWORK).matchPoints(MatchPoints.ALL);
  private static final List<ModelPair> PAIRS =
      List.of(new ModelPair(0, 1), new ModelPair(0, 2), new ModelPair(1, 2), new ModelPair(1, 1));
  private static final List<ParamVector> MODELS = models(NETWORK, 3);

  private static JavaSparkContext spark;

  /** Three stretches. */
  private static ImageSet images;

  @BeforeAll
  static void sample() {
    spark = JavaSparkContext.fromSparkContext(LocalSession.get().sparkContext());
    images = images(300);
  }

  private static ImageSet images(int number) {
    ImageSource source = Sources.open(Sources.SAMPLE, Optional.empty());
    return new BlockImages(
        ImageSamples.of(LocalSession.get(), source, Part.TRAIN, number, 4),
        source.info().normalization(),
        4);
  }

  private static Network network(String name, int width) {
    return Zoo.create(name, new ZooOptions(new Shape(1, 28, 28), 10, width, Shortcut.CONV3X3));
  }

  private static List<ParamVector> models(Network network, int number) {
    List<ParamVector> models = new ArrayList<>();
    for (int seed = 0; seed < number; seed++) {
      models.add(RandomParams.of(network, seed));
    }
    return models;
  }

  /** The batches of all stretches, here. */
  private static Batches here(ImageSet set) {
    List<Batch> all = new ArrayList<>();
    Stretch.of(set.size()).forEach(stretch -> stretch.of(set).forEach(all::add));
    return new Batches(all);
  }

  private static <T> T probing(LearnerFactory learners, Network network, Function<Probe, T> ask) {
    try (SparkProbe probe = new SparkProbe(spark, network, learners, images)) {
      return ask.apply(probe);
    }
  }

  private static <T> T locally(Function<Probe, T> ask) {
    try (Learner learner = LEARNERS.create(NETWORK)) {
      return ask.apply(new LocalProbe(learner, here(images)));
    }
  }

  @Test
  void crossMoments_severalPairsAndPoints_areThoseOfOnePassHere() {
    List<List<CrossMoments>> spread =
        probing(LEARNERS, NETWORK, p -> p.crossMoments(MODELS, PAIRS, POINTS));
    List<List<CrossMoments>> here = locally(p -> p.crossMoments(MODELS, PAIRS, POINTS));

    assertThat(spread).hasSameSizeAs(PAIRS).allMatch(pair -> pair.size() == POINTS.size());
    for (int pair = 0; pair < PAIRS.size(); pair++) {
      for (int point = 0; point < POINTS.size(); point++) {
        assertClose(spread.get(pair).get(point), here.get(pair).get(point));
      }
    }
  }

  private static void assertClose(CrossMoments actual, CrossMoments expected) {
    assertThat(actual.count()).isEqualTo(expected.count());
    assertClose(actual.covariance(), expected.covariance());
    assertClose(actual.meansA(), expected.meansA());
    assertClose(actual.meansB(), expected.meansB());
    assertClose(actual.variancesA(), expected.variancesA());
    assertClose(actual.variancesB(), expected.variancesB());
  }

  /** Relative to the largest of them: an entry near 0 is a difference of large ones. */
  private static void assertClose(double[] actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(largest).isPositive();
    assertThat(actual).hasSameSizeAs(expected);
    double furthest =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
            .max()
            .orElseThrow();
    assertThat(furthest).isLessThanOrEqualTo(RELATIVE * largest);
  }

  @Test
  void crossMoments_modelWithItself_isSymmetricAndItsOwnVariance() {
    CrossMoments self =
        probing(
            LEARNERS,
            NETWORK,
            p -> p.crossMoments(MODELS, List.of(new ModelPair(1, 1)), POINTS).get(0).get(0));

    assertThat(self.meansA()).isEqualTo(self.meansB());
    int units = self.units();
    for (int unit = 0; unit < units; unit++) {
      double variance = self.variancesA()[unit];
      assertThat(self.covariance()[unit * (units + 1)])
          .isCloseTo(variance, within(PRODUCT * Math.max(variance, 1)));
    }
  }

  @Test
  void crossMoments_nothingAsked_answersSo() {
    List<List<CrossMoments>> nowhere =
        probing(LEARNERS, NETWORK, p -> p.crossMoments(MODELS, PAIRS, List.of()));
    assertThat(nowhere).hasSameSizeAs(PAIRS).allMatch(List::isEmpty);
    List<List<CrossMoments>> noPair =
        probing(LEARNERS, NETWORK, p -> p.crossMoments(MODELS, List.of(), POINTS));
    assertThat(noPair).isEmpty();
  }

  @Test
  void recalibrated_statisticsAreThoseOfAllBatchesHere_weightsStay() {
    ParamVector spread = probing(LEARNERS, NETWORK, p -> p.recalibrated(NETWORK, MODELS.get(0)));
    ParamVector here = locally(p -> p.recalibrated(NETWORK, MODELS.get(0)));

    assertThat(here).isNotEqualTo(MODELS.get(0));
    assertClose(spread, here);
  }

  private static void assertClose(ParamVector actual, ParamVector expected) {
    double furthest =
        IntStream.range(0, expected.layout().size())
            .mapToDouble(
                i ->
                    Math.abs(actual.at(i) - expected.at(i)) / Math.max(1, Math.abs(expected.at(i))))
            .max()
            .orElseThrow();
    assertThat(furthest).isLessThanOrEqualTo(RELATIVE);
  }

  @Test
  void scores_severalModels_areThoseOfOnePassHere() {
    List<Evaluation> spread;
    try (SparkScores scores = new SparkScores(spark, NETWORK, LEARNERS, images)) {
      spread = scores.of(MODELS);
    }

    try (Learner learner = LEARNERS.create(NETWORK)) {
      for (int m = 0; m < MODELS.size(); m++) {
        learner.load(MODELS.get(m));
        Evaluation here = learner.evaluate(here(images));
        assertThat(spread.get(m).correct()).isEqualTo(here.correct());
        assertThat(spread.get(m).count()).isEqualTo(here.count());
        assertThat(spread.get(m).loss()).isCloseTo(here.loss(), within(RELATIVE * here.loss()));
      }
    }
  }

  @Test
  void probe_tasksFailAndAreRetried_sameBits() {
    FailsOnFirstAttempt.FAILURES.set(0);
    // A network that no other test uses: no learner of it waits in the pool.
    Network fresh = network("cnn", 3);
    List<MatchPoint> points = PermutationSpec.of(fresh).matchPoints();
    List<ParamVector> models = models(fresh, 2);
    List<ModelPair> pairs = ModelPair.star(1);

    String failing =
        probing(new FailsOnFirstAttempt(), fresh, p -> bits(p.crossMoments(models, pairs, points)));
    assertThat(FailsOnFirstAttempt.FAILURES).hasValueGreaterThanOrEqualTo(2);
    for (int again = 0; again < 2; again++) {
      String calm = probing(LEARNERS, fresh, p -> bits(p.crossMoments(models, pairs, points)));
      assertThat(calm).isEqualTo(failing);
    }
  }

  @Test
  void recalibrated_moreBatchesThanStretches_sameBitsEachTime() {
    ImageSet many = images(2100);
    ParamVector first;
    try (SparkProbe probe = new SparkProbe(spark, NETWORK, LEARNERS, many)) {
      first = probe.recalibrated(NETWORK, MODELS.get(1));
      assertThat(probe.recalibrated(NETWORK, MODELS.get(1))).isEqualTo(first);
    }
    try (Learner learner = LEARNERS.create(NETWORK)) {
      ParamVector here = new LocalProbe(learner, here(many)).recalibrated(NETWORK, MODELS.get(1));
      assertClose(first, here);
    }
  }

  @Test
  void recalibrated_anotherNetwork_closesItsLearnersAndKeepsItsOwn() {
    Network other = network("cnn", 2);
    probing(
        new Counted(),
        NETWORK,
        probe -> {
          probe.recalibrated(NETWORK, MODELS.get(0));
          int own = Counted.OPEN.get();
          assertThat(own).isPositive();
          ParamVector recalibrated = probe.recalibrated(other, RandomParams.of(other, 1));
          assertThat(Counted.CREATED).hasValueGreaterThan(own);
          assertThat(Counted.OPEN).hasValue(own);
          return recalibrated;
        });
  }

  /** Counts the learners that are open. */
  private record Counted() implements LearnerFactory {
    static final AtomicInteger CREATED = new AtomicInteger();
    static final AtomicInteger OPEN = new AtomicInteger();

    @Override
    public Learner create(Network network) {
      CREATED.incrementAndGet();
      OPEN.incrementAndGet();
      Learner learner = LEARNERS.create(network);
      InvocationHandler counting =
          (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
              OPEN.decrementAndGet();
            }
            return method.invoke(learner, arguments);
          };
      return (Learner)
          Proxy.newProxyInstance(
              Learner.class.getClassLoader(), new Class<?>[] {Learner.class}, counting);
    }
  }

  private static String bits(List<List<CrossMoments>> moments) {
    StringBuilder bits = new StringBuilder();
    for (CrossMoments one : moments.get(0)) {
      for (double value : one.covariance()) {
        bits.append(Double.doubleToRawLongBits(value)).append(' ');
      }
    }
    return bits.toString();
  }

  @Test
  void remembering_sameQuestion_isAskedOnce() {
    AtomicInteger asked = new AtomicInteger();
    locally(
        local -> {
          Probe remembering = new RememberingProbe(new Counting(local, asked));
          List<List<CrossMoments>> first = remembering.crossMoments(MODELS, PAIRS, POINTS);
          assertThat(remembering.crossMoments(List.copyOf(MODELS), PAIRS, POINTS)).isSameAs(first);
          assertThat(asked).hasValue(1);
          remembering.crossMoments(MODELS, PAIRS.subList(0, 1), POINTS);
          remembering.crossMoments(MODELS, PAIRS, POINTS);
          assertThat(asked).hasValue(2);
          remembering.crossMoments(MODELS, PAIRS, POINTS.subList(0, 1));
          remembering.crossMoments(MODELS, PAIRS, POINTS);
          assertThat(asked).hasValue(4);
          return first;
        });
  }

  private record Counting(Probe probe, AtomicInteger asked) implements Probe {
    @Override
    public Network network() {
      return probe.network();
    }

    @Override
    public List<List<CrossMoments>> crossMoments(
        List<ParamVector> models, List<ModelPair> pairs, List<MatchPoint> points) {
      asked.incrementAndGet();
      return probe.crossMoments(models, pairs, points);
    }

    @Override
    public ParamVector recalibrated(Network network, ParamVector model) {
      return probe.recalibrated(network, model);
    }
  }

  /** A learning engine that dies in every task's first attempt. */
  private static final class FailsOnFirstAttempt implements LearnerFactory {
    private static final long serialVersionUID = 1L;

    /** Tasks run in this process, each on a copy of the factory. */
    static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public Learner create(Network network) {
      if (TaskContext.get().attemptNumber() == 0) {
        FAILURES.incrementAndGet();
        throw new IllegalStateException("first attempt fails");
      }
      return new Dl4jLearner(network);
    }
  }
}

package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.align.Alignment;
import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.Permutation;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.Batch;
import io.dimat.learn.Batches;
import io.dimat.learn.Gradient;
import io.dimat.learn.Learner;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.StatisticsPolicy;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.zoo.Zoo;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference learner, in double precision, is the oracle for shapes at the edges. */
final class OddNetworksTest {
  private static final String ODD = "io.dimat.dl4j.OddNetworks#odd";
  private static final String ZOO = "io.dimat.dl4j.OddNetworks#zoo";

  @ParameterizedTest
  @MethodSource(ODD)
  void gradient_oddShapesFewImages_equalsTheReference(Network network) {
    requireGradient(network, 3, 1);
  }

  /** Enough images for batch norm on the last, smallest layers to be well-conditioned. */
  @ParameterizedTest
  @MethodSource(ZOO)
  void gradient_zoo_equalsTheReference(Network network) {
    requireGradient(network, 8);
  }

  @ParameterizedTest
  @MethodSource("io.dimat.dl4j.OddNetworks#largeZoo")
  void apply_everyUnitOfALargeNetworkMoved_keepsTheLogits(Network network) {
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector params = RandomParams.of(network, 3);
    ParamVector permuted = spec.apply(rotation(spec), params);
    String last = spec.groups().get(spec.groups().size() - 1).axes().get(0).tensor();
    ParamVector broken = permuted.with(last, params.slice(last));
    Batch batch = images(network).batch(2, 2);
    try (Learner learner = new Dl4jLearner(network)) {
      learner.load(params);
      float[] expected = learner.logits(batch);
      learner.load(permuted);
      assertThat(distance(learner.logits(batch), expected)).isLessThan(1e-4);
      learner.load(broken);
      assertThat(distance(learner.logits(batch), expected)).isGreaterThan(1e-2);
    }
  }

  @Test
  void zoo_smallAndLarge_isAllOfIt() {
    assertThat(
            Stream.concat(OddNetworks.zoo(), OddNetworks.largeZoo()).map(Network::name).distinct())
        .containsExactlyInAnyOrderElementsOf(Zoo.names());
  }

  private static Alignment rotation(PermutationSpec spec) {
    return new Alignment(
        spec.groups().stream()
            .map(g -> IntStream.range(0, g.size()).map(r -> (r + 1) % g.size()).toArray())
            .map(Permutation::of)
            .toList());
  }

  /** Length of the difference, relative to the length of {@code expected}. */
  private static double distance(float[] got, float[] expected) {
    float[] difference = got.clone();
    for (int i = 0; i < got.length; i++) {
      difference[i] -= expected[i];
    }
    return norm(difference) / norm(expected);
  }

  private static void requireGradient(Network network, int... sizes) {
    ParamVector at = RandomParams.of(network, 3);
    try (Learner learner = new Dl4jLearner(network);
        Learner oracle = new ReferenceLearner(network)) {
      for (int images : sizes) {
        Batch batch = images(network).batch(images, 2);
        Gradient expected = oracle.gradient(at, batch, StatisticsPolicy.UPDATED);
        Gradient got = learner.gradient(at, batch, StatisticsPolicy.UPDATED);
        assertThat(got.loss()).isCloseTo(expected.loss(), within(1e-5));
        requireRelativelyClose(got.gradient(), expected.gradient());
        requireRelativelyClose(got.parameters(), expected.parameters());
      }
    }
  }

  @ParameterizedTest
  @MethodSource({ODD, ZOO})
  void crossMoments_oddShapes_equalTheReference(Network network) {
    Batches probe = images(network).batches(2, 3, 1);
    ParamVector a = RandomParams.of(network, 1);
    ParamVector b = RandomParams.of(network, 2);
    List<MatchPoint> points =
        network.layers().stream()
            .filter(l -> !(l instanceof Layer.Input))
            .map(l -> new MatchPoint(0, l.name()))
            .toList();
    try (Learner learner = new Dl4jLearner(network);
        Learner oracle = new ReferenceLearner(network)) {
      List<CrossMoments> expected = oracle.crossMoments(a, List.of(b), probe, points).get(0);
      List<CrossMoments> got = learner.crossMoments(a, List.of(b), probe, points).get(0);
      for (int p = 0; p < points.size(); p++) {
        assertThat(got.get(p).correlation())
            .as(points.get(p).layer())
            .containsExactly(expected.get(p).correlation(), within(1e-4));
      }
    }
  }

  private static SyntheticImages images(Network network) {
    return new SyntheticImages(network.inputShape(), network.classes(), 0.5, 7);
  }

  /** Every tensor's largest error is at most 1e-4 of its own or the whole vector's typical size. */
  private static void requireRelativelyClose(ParamVector got, ParamVector expected) {
    double typical = norm(expected.toArray()) / Math.sqrt(expected.size());
    for (ParamSlice slice : expected.layout().slices()) {
      float[] want = expected.slice(slice.name());
      double size = norm(want) / Math.sqrt(want.length);
      assertThat(got.slice(slice.name()))
          .as(slice.name())
          .containsExactly(want, within((float) (1e-4 * Math.max(size, typical))));
    }
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}

package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.learn.BatchSource;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MatchScoreTest {
  private static final BlockedMatrixProduct PRODUCT = new BlockedMatrixProduct();
  private static final Shape IMAGES = new Shape(3, 6, 6);
  private static final Network RESNET =
      Zoo.create("resnet20", new ZooOptions(IMAGES, 4, 1, Shortcut.CONV3X3));

  /** One hidden group of that many units. */
  private static PermutationSpec hidden(int units) {
    return PermutationSpec.of(
        new Network(
            "hidden",
            List.of(
                new Layer.Input("in", Shape.vector(2)),
                new Layer.Dense("fc", "in", units, true),
                new Layer.Activation("relu", "fc", Layer.Activation.Function.RELU),
                new Layer.Dense("head", "relu", 2, true),
                new Layer.Output("out", "head"))));
  }

  private static CrossMoments moments(int units, int images, float[] a, float[] b) {
    return CrossMoments.of(a, b, images, units, 1, PRODUCT);
  }

  private static Matching match(MatchScore score, CrossMoments moments) {
    return ActivationMatching.match(
        hidden(moments.units()), List.of(moments), MatchPoints.LAST, score);
  }

  @Test
  void of_handMadeFeatures_isTheFormula() {
    CrossMoments moments = moments(2, 2, new float[] {1, 2, 3, 0}, new float[] {2, 1, 4, 3});
    assertThat(MatchScore.UNCENTRED.of(moments))
        .containsExactly(new double[] {7, 5, 2, 1}, within(1e-6));
    double[] cosines = {
      7 / Math.sqrt(5 * 10), 5 / Math.sqrt(5 * 5), 2 / Math.sqrt(2 * 10), 1 / Math.sqrt(2 * 5)
    };
    assertThat(MatchScore.COSINE.of(moments)).containsExactly(cosines, within(1e-6));
    assertThat(MatchScore.CORRELATION.of(moments))
        .containsExactly(new double[] {1, 1, -1, -1}, within(1e-6));
  }

  @Test
  void match_unitsThatDifferInTheirMean_areToldApartByUncentredScoresAlone() {
    // Both units move alike; one of them is far from zero.
    float[] a = {1, 9, -1, 7};
    float[] b = {9, 1, 7, -1};
    CrossMoments moments = moments(2, 2, a, b);
    assertThat(match(MatchScore.CORRELATION, moments).alignment().isIdentity()).isTrue();
    assertThat(match(MatchScore.CORRELATION, moments).groups().get(0).tiedUnits()).isEqualTo(2);
    Matching uncentred = match(MatchScore.UNCENTRED, moments);
    assertThat(uncentred.alignment().get(0)).isEqualTo(Permutation.of(1, 0));
    assertThat(uncentred.groups().get(0).tiedUnits()).isZero();
    assertThat(uncentred.groups().get(0).matchedCorrelation()).isCloseTo(1, within(1e-5));
    assertThat(uncentred.groups().get(0).objective()).isCloseTo(66, within(1e-4));
    assertThat(match(MatchScore.COSINE, moments).alignment().get(0))
        .isEqualTo(Permutation.of(1, 0));
  }

  @ParameterizedTest
  @EnumSource(MatchScore.class)
  void match_deadUnits_scoreZeroAndKeepTheirIndex(MatchScore score) {
    // Units 1 and 3 are silent in both; 0 and 2 have changed places.
    float[] a = {1, 0, 4, 0, 2, 0, 1, 0, 3, 0, 5, 0, 5, 0, 2, 0};
    float[] b = {4, 0, 1, 0, 1, 0, 2, 0, 5, 0, 3, 0, 2, 0, 5, 0};
    Matching matching = match(score, moments(4, 4, a, b));
    assertThat(matching.alignment().get(0)).isEqualTo(Permutation.of(2, 1, 0, 3));
    assertThat(matching.groups().get(0).deadUnits()).isEqualTo(4);
    assertThat(matching.groups().get(0).tiedUnits()).isZero();
  }

  @Test
  void match_duplicatedUnits_areCountedAsTies() {
    float[] a = {1, 1, 4, 2, 2, 1, 5, 5, 0};
    Matching matching = match(MatchScore.CORRELATION, moments(3, 3, a, a));
    assertThat(matching.groups().get(0).tiedUnits()).isEqualTo(2);
  }

  @Test
  void matchPoints_allOfAResidualStream_areItsActivations() {
    PermutationSpec spec = PermutationSpec.of(RESNET);
    List<MatchPoint> all = spec.matchPoints(MatchPoints.ALL);
    // Nine inner groups; the stem and nine blocks on three streams.
    assertThat(all).hasSize(9 + 10).containsAll(spec.matchPoints());
    assertThat(all).extracting(MatchPoint::group).isSorted();
    assertThat(all.stream().filter(p -> p.group() == 0)).hasSize(4);
    assertThat(spec.matchPoints()).isEqualTo(spec.matchPoints(MatchPoints.LAST));
  }

  @Test
  void matchPoints_allOfAGroupWithoutActivation_isItsLastObservation() {
    Network linear =
        new Network(
            "linear",
            List.of(
                new Layer.Input("in", Shape.vector(2)),
                new Layer.Dense("fc", "in", 3, true),
                new Layer.BatchNorm("bn", "fc"),
                new Layer.Dense("head", "bn", 2, true),
                new Layer.Output("out", "head")));
    assertThat(PermutationSpec.of(linear).matchPoints(MatchPoints.ALL))
        .containsExactly(new MatchPoint(0, "bn"));
  }

  @Test
  void match_permutedCopyAtAllPoints_isUndoneExactlyByEveryScore() {
    PermutationSpec spec = PermutationSpec.of(RESNET);
    BatchSource probe = new SyntheticImages(IMAGES, 4, 3.0, 1).batches(2, 24, 0);
    Alignment shuffle = Alignment.random(spec, 3);
    try (ReferenceLearner learner = new ReferenceLearner(RESNET, PRODUCT)) {
      learner.load(RandomParams.of(RESNET, 2));
      learner.recalibrate(probe);
      ParamVector reference = learner.store();
      List<CrossMoments> moments =
          learner
              .crossMoments(
                  reference,
                  List.of(spec.apply(shuffle, reference)),
                  probe,
                  spec.matchPoints(MatchPoints.ALL))
              .get(0);
      assertThat(MatchScore.values())
          .allSatisfy(
              score ->
                  assertThat(
                          ActivationMatching.match(spec, moments, MatchPoints.ALL, score)
                              .alignment())
                      .isEqualTo(shuffle.inverse()));
    }
  }

  @Test
  void match_severalPoints_areTheSumOfTheirMoments() {
    PermutationSpec spec = PermutationSpec.of(RESNET);
    BatchSource probe = new SyntheticImages(IMAGES, 4, 3.0, 1).batches(1, 8, 0);
    try (ReferenceLearner learner = new ReferenceLearner(RESNET, PRODUCT)) {
      List<CrossMoments> moments =
          learner
              .crossMoments(
                  RandomParams.of(RESNET, 2),
                  List.of(RandomParams.of(RESNET, 3)),
                  probe,
                  spec.matchPoints(MatchPoints.ALL))
              .get(0);
      List<CrossMoments> sums = ActivationMatching.perGroup(spec, moments, MatchPoints.ALL);
      assertThat(sums).hasSize(spec.groups().size());
      assertThat(sums.get(0).count()).isEqualTo(4 * moments.get(0).count());
      assertThat(ActivationMatching.match(spec, moments, MatchPoints.ALL, MatchScore.CORRELATION))
          .isEqualTo(ActivationMatching.match(spec, sums));
    }
  }
}

package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.learn.BatchSource;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Initialization;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.NotFiniteException;
import io.dimat.tensor.ParamVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationMatchingTest {
  private static final BlockedMatrixProduct PRODUCT = new BlockedMatrixProduct();

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

  private static Matching match(int units, int images, float[] a, float[] b) {
    CrossMoments moments = CrossMoments.of(a, b, images, units, 1, PRODUCT);
    return ActivationMatching.match(hidden(units), List.of(moments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn", "mlp", "resnet20"})
  void match_permutedCopy_isUndoneExactly(String name) {
    Shape shape = new Shape(3, 6, 6);
    Network network = Zoo.create(name, new ZooOptions(shape, 4, 1, Shortcut.CONV3X3));
    PermutationSpec spec = PermutationSpec.of(network);
    BatchSource probe = new SyntheticImages(shape, 4, 3.0, 1).batches(5, 24, 0);
    Alignment shuffle = Alignment.random(spec, 3);
    try (ReferenceLearner learner = new ReferenceLearner(network, PRODUCT)) {
      learner.load(RandomParams.of(network, 2));
      learner.recalibrate(probe);
      ParamVector reference = learner.store();
      ParamVector other = spec.apply(shuffle, reference);
      Matching matching =
          ActivationMatching.match(
              spec,
              learner.crossMoments(reference, List.of(other), probe, spec.matchPoints()).get(0));
      assertThat(matching.groups()).allMatch(g -> g.deadUnits() == 0);
      assertThat(matching.alignment()).isEqualTo(shuffle.inverse());
      assertThat(matching.groups())
          .allSatisfy(g -> assertThat(g.matchedCorrelation()).isCloseTo(1, within(1e-5)));
      ParamVector aligned = spec.apply(matching.alignment(), other);
      double[] half = {0.5, 0.5};
      assertThat(ParamVector.weightedSum(half, List.of(reference, aligned))).isEqualTo(reference);
      assertThat(ParamVector.weightedSum(half, List.of(reference, other))).isNotEqualTo(reference);
    }
  }

  @Test
  void match_sameModel_isIdentity() {
    Shape shape = new Shape(1, 12, 12);
    Network network = Zoo.create("cnn", new ZooOptions(shape, 4, 1, Shortcut.CONV3X3));
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector params = Initialization.kaiming(network, 2);
    BatchSource probe = new SyntheticImages(shape, 4, 1.0, 1).batches(2, 24, 0);
    try (ReferenceLearner learner = new ReferenceLearner(network, PRODUCT)) {
      Matching matching =
          ActivationMatching.match(
              spec,
              learner.crossMoments(params, List.of(params), probe, spec.matchPoints()).get(0));
      assertThat(matching.alignment()).isEqualTo(Alignment.identity(spec));
      assertThat(matching.groups()).allMatch(g -> g.identityFraction() == 1);
    }
  }

  @Test
  void match_twoUnits_reportsTheGroup() {
    float[] a = {1, 5, 2, 5.5f, 3, 4, 4, 7};
    float[] b = {5, 1, 5.5f, 2, 4, 3, 7, 4};
    Matching matching = match(2, 4, a, b);
    GroupMatch group = matching.groups().get(0);
    assertThat(group.group()).isEqualTo("fc");
    assertThat(group.units()).isEqualTo(2);
    assertThat(group.deadUnits()).isZero();
    assertThat(group.identityFraction()).isZero();
    assertThat(group.matchedCorrelation()).isCloseTo(1, within(1e-6));
    assertThat(group.objective()).isCloseTo(2, within(2e-6));
    assertThat(matching.alignment().get(0)).isEqualTo(Permutation.of(1, 0));
  }

  @Test
  void serialization_roundTrip_isEqual() throws IOException, ClassNotFoundException {
    Matching matching = match(2, 2, new float[] {1, 2, 3, 5}, new float[] {1, 2, 3, 5});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(matching);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(matching);
    }
  }

  @Test
  void match_nothingButDeadUnits_isIdentity() {
    float[] dead = new float[3 * 6];
    Matching matching = match(6, 3, dead, dead);
    assertThat(matching.alignment().get(0)).isEqualTo(Permutation.identity(6));
    assertThat(matching.groups().get(0).deadUnits()).isEqualTo(12);
    assertThat(matching.groups().get(0).matchedCorrelation()).isZero();
  }

  @Test
  void match_deadUnitsAmongLivingOnes_keepTheirIndex() {
    // Units 1 and 3 are dead in both; 0 and 2 have changed places.
    float[] a = {1, 9, 4, 0, 2, 9, 1, 0, 3, 9, 5, 0, 5, 9, 2, 0};
    float[] b = {4, 7, 1, 0, 1, 7, 2, 0, 5, 7, 3, 0, 2, 7, 5, 0};
    Matching matching = match(4, 4, a, b);
    assertThat(matching.alignment().get(0)).isEqualTo(Permutation.of(2, 1, 0, 3));
    assertThat(matching.groups().get(0).deadUnits()).isEqualTo(4);
    assertThat(matching.groups().get(0).matchedCorrelation()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void match_duplicatedUnits_staysABijection() {
    float[] a = {1, 1, 1, 2, 2, 2, 5, 5, 5};
    Matching matching = match(3, 3, a, a);
    assertThat(matching.alignment().get(0)).isEqualTo(Permutation.identity(3));
    assertThat(matching.groups().get(0).matchedCorrelation()).isCloseTo(1, within(1e-6));
  }

  @Test
  void match_oneUnit_isIdentity() {
    Matching matching = match(1, 2, new float[] {1, 2}, new float[] {2, 1});
    assertThat(matching.alignment().get(0)).isEqualTo(Permutation.identity(1));
    assertThat(matching.groups().get(0).objective()).isCloseTo(-1, within(1e-6));
  }

  @Test
  void match_divergedModel_namesTheGroup() {
    float[] a = {1, 2, 3, 5};
    float[] b = {1, Float.NaN, 3, 5};
    assertThatThrownBy(() -> match(2, 2, a, b))
        .isInstanceOf(NotFiniteException.class)
        .hasMessageContaining("group fc needs finite correlations");
  }

  @Test
  void match_wrongMoments_areRefused() {
    PermutationSpec spec = hidden(3);
    assertThatThrownBy(() -> ActivationMatching.match(spec, List.of()))
        .hasMessageContaining("got 0 for 1 groups");
    assertThatThrownBy(() -> ActivationMatching.match(spec, List.of(CrossMoments.empty(2))))
        .hasMessageContaining("moments of 3 units");
    assertThatThrownBy(() -> ActivationMatching.match(spec, List.of(CrossMoments.empty(3))))
        .hasMessageContaining("got 3 units, 0");
  }
}

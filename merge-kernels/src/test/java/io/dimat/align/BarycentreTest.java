package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.learn.RandomParams;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BarycentreTest {
  private static final Network NETWORK =
      Zoo.create("cnn", new ZooOptions(new Shape(3, 8, 8), 4, 1, Shortcut.CONV3X3));
  private static final PermutationSpec SPEC = PermutationSpec.of(NETWORK);

  private static Barycentre of(List<ParamVector> models, int reference) {
    return Barycentre.of(SPEC, models, reference, 5, new BlockedMatrixProduct());
  }

  private static List<ParamVector> unrelated() {
    return LongStream.range(1, 5).mapToObj(s -> RandomParams.of(NETWORK, s)).toList();
  }

  /** Sum of inner products of trainable parameters over all pairs. */
  private static double agreement(List<ParamVector> models, List<Alignment> alignments) {
    double sum = 0;
    for (int i = 0; i < models.size(); i++) {
      ParamVector a = SPEC.apply(alignments.get(i), models.get(i)).trainable();
      for (int j = 0; j < i; j++) {
        ParamVector b = SPEC.apply(alignments.get(j), models.get(j)).trainable();
        for (int p = 0; p < a.size(); p++) {
          sum += (double) a.at(p) * b.at(p);
        }
      }
    }
    return sum;
  }

  @Test
  void of_permutedCopies_undoesEveryPermutation() {
    ParamVector model = RandomParams.of(NETWORK, 1);
    List<Alignment> shuffles =
        LongStream.range(0, 4).mapToObj(s -> Alignment.random(SPEC, s)).toList();
    List<ParamVector> copies = shuffles.stream().map(s -> SPEC.apply(s, model)).toList();
    Barycentre barycentre = of(copies, 2);
    assertThat(barycentre.sweeps()).isEqualTo(1);
    for (int k = 0; k < copies.size(); k++) {
      assertThat(SPEC.apply(barycentre.alignments().get(k), copies.get(k)))
          .isEqualTo(copies.get(2));
    }
  }

  @Test
  void of_unrelatedModels_keepsTheReferenceAndAgreesMoreThanMatchingToIt() {
    List<ParamVector> models = unrelated();
    Barycentre barycentre = of(models, 0);
    assertThat(barycentre.alignments().get(0).isIdentity()).isTrue();
    assertThat(barycentre.sweeps()).isLessThan(Barycentre.MAX_SWEEPS);
    WeightMatching matching = new WeightMatching(SPEC, new BlockedMatrixProduct());
    List<Alignment> star =
        models.stream().map(m -> matching.best(models.get(0), m, 5, 1).alignment()).toList();
    assertThat(agreement(models, barycentre.alignments()))
        .isGreaterThan(agreement(models, star) + 1e-3);
  }

  @Test
  void of_modelsInAnotherOrder_hasTheSameAlignments() {
    List<ParamVector> models = unrelated();
    List<Alignment> alignments = of(models, 1).alignments();
    int[] order = {3, 0, 2, 1};
    Barycentre reordered = of(IntStream.of(order).mapToObj(models::get).toList(), 3);
    for (int k = 0; k < order.length; k++) {
      assertThat(reordered.alignments().get(k)).isEqualTo(alignments.get(order[k]));
    }
  }

  @Test
  void of_oneModel_isTheIdentity() {
    Barycentre barycentre = of(List.of(RandomParams.of(NETWORK, 1)), 0);
    assertThat(barycentre.alignments()).containsExactly(Alignment.identity(SPEC));
    assertThat(barycentre.sweeps()).isZero();
  }

  @Test
  void of_noSuchReference_isRefused() {
    assertThatThrownBy(() -> of(List.of(), 0)).hasMessageContaining("one of its 0 models, got 0");
  }
}

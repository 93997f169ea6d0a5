package io.dimat.algorithm.crossgradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Precision;
import io.dimat.tensor.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictFreeGradientTest {
  private static final ParamLayout LAYOUT =
      ParamLayout.builder()
          .precision(Precision.DOUBLE)
          .add("a", List.of(3, 4), Role.TRAINABLE)
          .add("b", List.of(9), Role.TRAINABLE)
          .build();

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 2})
  void of_randomGradients_noNeighborIsContradictedInAnyTensor(double margin) {
    int contradicted = 0;
    for (int seed = 0; seed < 40; seed++) {
      List<ParamVector> all = random(seed, 5);
      ParamVector own = all.get(0);
      List<ParamVector> others = all.subList(1, 5);

      ParamVector combined = ConflictFreeGradient.of(own, others, margin);

      for (ParamSlice tensor : LAYOUT.slices()) {
        for (ParamVector other : others) {
          assertThat(dot(combined, other, tensor)).isGreaterThan(-1e-8);
          contradicted += dot(own, other, tensor) < -1e-8 ? 1 : 0;
        }
      }
    }
    assertThat(contradicted).isGreaterThan(50);
  }

  @Test
  void of_noMargin_isNearerToTheOwnGradientThanOtherSolutions() {
    List<ParamVector> all = random(7, 4);
    ParamVector own = all.get(0);
    ParamVector nearest = ConflictFreeGradient.of(own, all.subList(1, 4), 0);
    ParamVector another = ConflictFreeGradient.of(own, all.subList(1, 4), 0.5);

    assertThat(nearest.minus(own).norm()).isPositive().isLessThan(another.minus(own).norm());
  }

  @Test
  void of_agreement_isTheOwnGradientAndTheMarginOfTheOthers() {
    ParamVector own = random(1, 1).get(0);
    List<ParamVector> others = List.of(own.times(2), own.times(3));

    ParamVector combined = ConflictFreeGradient.of(own, others, 0.5);

    assertThat(combined.minus(own.times(1 + 0.5 * 5)).norm()).isCloseTo(0, within(1e-12));
  }

  @Test
  void of_noNeighbors_isTheOwnGradient() {
    ParamVector own = random(1, 1).get(0);

    assertThat(ConflictFreeGradient.of(own, List.of(), 0.5)).isEqualTo(own);
  }

  private static double dot(ParamVector a, ParamVector b, ParamSlice tensor) {
    return IntStream.range(tensor.offset(), tensor.offset() + tensor.length())
        .mapToDouble(i -> a.at(i) * b.at(i))
        .sum();
  }

  private static List<ParamVector> random(int seed, int count) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    List<ParamVector> vectors = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      double[] values = new double[LAYOUT.size()];
      Arrays.setAll(values, i -> normal.sample());
      vectors.add(ParamVector.of(LAYOUT, values));
    }
    return vectors;
  }
}

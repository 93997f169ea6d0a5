package io.dimat.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultinomialTest {
  private final Multinomial multinomial =
      new Multinomial(RandomSource.XO_RO_SHI_RO_128_PP.create(1L));

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 100, 1000})
  void draw_manyTimes_meanAndVarianceOfTheLaw(long trials) {
    double[] weights = {1, 0, 5, 2};
    int draws = 20_000;
    double[] sum = new double[4];
    double[] squares = new double[4];
    for (int draw = 0; draw < draws; draw++) {
      long[] counts = multinomial.draw(trials, weights);
      assertThat(Arrays.stream(counts).sum()).isEqualTo(trials);
      for (int i = 0; i < 4; i++) {
        sum[i] += counts[i];
        squares[i] += (double) counts[i] * counts[i];
      }
    }
    for (int i = 0; i < 4; i++) {
      double p = weights[i] / 8;
      double mean = sum[i] / draws;
      double variance = trials * p * (1 - p);
      assertThat(mean).isCloseTo(trials * p, within(5 * Math.sqrt(variance / draws)));
      assertThat(squares[i] / draws - mean * mean).isCloseTo(variance, within(.06 * variance));
    }
  }

  @Test
  void draw_oneWeight_takesAllTrials() {
    assertThat(multinomial.draw(1_000_000_000_000L, new double[] {0, 1e-300, 0}))
        .containsExactly(0, 1_000_000_000_000L, 0);
  }
}

package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockedMatrixProductTest {
  private final BlockedMatrixProduct product = new BlockedMatrixProduct();

  private static float[] random(int length, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = 2 * random.nextFloat() - 1;
    }
    return x;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "3,5,7",
    "4,128,64",
    "5,129,65",
    "130,17,200",
    "9,300,63",
    "2,3,100001",
    "33,70,513"
  })
  void transposedTimes_anyShape_isWithinAMillionthOfTheNorms(int rows, int columns, int inner) {
    float[] a = random(rows * inner, 1);
    float[] b = random(columns * inner, 2);
    float[] c = product.transposedTimes(a, b, inner, rows, columns);
    assertThat(c).hasSize(rows * columns);
    for (int i = 0; i < c.length; i++) {
      double exact = 0;
      double squaresA = 0;
      double squaresB = 0;
      for (int k = 0; k < inner; k++) {
        double x = a[k * rows + i / columns];
        double y = b[k * columns + i % columns];
        exact += x * y;
        squaresA += x * x;
        squaresB += y * y;
      }
      assertThat((double) c[i]).isCloseTo(exact, within(1e-6 * Math.sqrt(squaresA * squaresB)));
    }
  }

  @Test
  void transposedTimes_longPositiveSum_keepsSevenDigits() {
    int inner = 3_000_001;
    float[] ones = new float[inner];
    Arrays.fill(ones, 0.1f);
    float sum = product.transposedTimes(ones, ones, inner, 1, 1)[0];
    double square = (double) 0.1f * 0.1f;
    assertThat(sum / (square * inner)).isCloseTo(1, within(1e-6));
  }

  @Test
  void transposedTimes_wrongLength_isRefused() {
    assertThatThrownBy(() -> product.transposedTimes(new float[6], new float[5], 3, 2, 2))
        .hasMessage("b needs 3 x 2 values, got 5");
  }
}

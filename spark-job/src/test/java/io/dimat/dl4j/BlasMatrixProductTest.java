package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlasMatrixProductTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 5, 7", "16, 16, 1000", "65, 33, 129"})
  void transposedTimes_oddSizes_equalsTheSum(int rows, int columns, int inner) {
    float[] a = random(rows * inner, 1);
    float[] b = random(columns * inner, 2);
    float[] c = new BlasMatrixProduct().transposedTimes(a, b, inner, rows, columns);
    assertThat(c).hasSize(rows * columns);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k++) {
        double sum = 0;
        for (int i = 0; i < inner; i++) {
          sum += (double) a[i * rows + r] * b[i * columns + k];
        }
        assertThat((double) c[r * columns + k]).isCloseTo(sum, within(1e-5 * Math.sqrt(inner)));
      }
    }
  }

  private static float[] random(int length, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}

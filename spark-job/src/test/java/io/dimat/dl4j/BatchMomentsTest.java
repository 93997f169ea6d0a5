package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dimat.network.Shape;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchMomentsTest {
  private static final int IMAGES = 6;

  /** Sums of squares would have no digit left of a variance of 1/12 beside a mean of 1000. */
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1000", "3, 1000", "16, -1000", "1500, 1000"})
  void measure_largeMean_keepsTheVariance(int channels, double mean) {
    Shape shape = new Shape(channels, 29, 31);
    float[] values = random(IMAGES * shape.size(), mean);
    BatchMoments moments = new BatchMoments(channels);
    try (BlockPool blocks = new BlockPool();
        Tensor tensor = new Tensor(shape, blocks)) {
      tensor.resize(IMAGES);
      tensor.write(0, values, values.length);
      moments.measure(tensor);
    }
    int count = IMAGES * shape.positions();
    assertThat(moments.count()).isEqualTo(count);
    for (int c = 0; c < channels; c++) {
      double expectedMean = 0;
      for (int i = c; i < values.length; i += channels) {
        expectedMean += (double) values[i] / count;
      }
      double squares = 0;
      for (int i = c; i < values.length; i += channels) {
        squares += (values[i] - expectedMean) * (values[i] - expectedMean);
      }
      assertThat(moments.mean(c) + 2000).isCloseTo(expectedMean + 2000, withinPercentage(1e-6));
      assertThat(moments.biasedVariance(c)).isCloseTo(squares / count, withinPercentage(1e-3));
      assertThat(moments.unbiasedVariance(c))
          .isCloseTo(squares / (count - 1), withinPercentage(1e-3));
    }
  }

  private static float[] random(int length, double mean) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (mean + random.nextDouble());
    }
    return values;
  }
}

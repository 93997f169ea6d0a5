package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RectifierTest {
  @Test
  void slope_isOneForPositiveNumbersOnly() {
    for (float positive : new float[] {Float.MIN_VALUE, 1e-30f, 1f, 1e30f, Float.MAX_VALUE}) {
      assertThat(Rectifier.slope(positive)).isEqualTo(1f);
    }
    assertThat(Rectifier.slope(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    for (float other : new float[] {0f, -0f, -Float.MIN_VALUE, -1f, Float.NEGATIVE_INFINITY}) {
      assertThat(Rectifier.slope(other)).isZero();
    }
    assertThat(Rectifier.slope(Float.NaN)).isNaN();
  }
}

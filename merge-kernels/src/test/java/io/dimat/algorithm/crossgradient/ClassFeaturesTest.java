package io.dimat.algorithm.crossgradient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassFeaturesTest {
  private final ClassFeatures own =
      ClassFeatures.of(new float[] {1, 2, 3, 4, 5, 6}, new int[] {0, 2, 0}, 4);

  @Test
  void means_areThoseOfEveryImagesClass() {
    assertThat(own.means(new int[] {2, 0, 0})).containsExactly(3, 4, 3, 4, 3, 4);
  }

  @Test
  void means_ofBothBatches_weighImagesAlike() {
    ClassFeatures other = ClassFeatures.of(new float[] {9, 9}, new int[] {0}, 4);

    assertThat(own.plus(other).means(new int[] {0})).containsExactly(5, 17f / 3);
  }

  @Test
  void means_classNobodyHas_isZeros() {
    assertThat(own.means(new int[] {1})).containsExactly(0, 0);
  }

  @Test
  void payload_thereAndBack_isTheSame() {
    ClassFeatures back = ClassFeatures.of(own.payload(), 4);

    assertThat(own.payload().length()).isEqualTo((int) ClassFeatures.bytes(4, 2)).isEqualTo(48);
    assertThat(back.means(new int[] {0, 2})).isEqualTo(own.means(new int[] {0, 2}));
    assertThat(back.payload()).isEqualTo(own.payload());
  }
}

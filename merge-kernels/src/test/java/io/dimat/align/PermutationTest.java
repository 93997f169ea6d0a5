package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PermutationTest {
  @Test
  void of_repeatedOrForeignUnit_isRefused() {
    assertThatThrownBy(() -> Permutation.of(0, 2, 2)).hasMessageContaining("got 2 at 2");
    assertThatThrownBy(() -> Permutation.of(0, 3, 1)).hasMessageContaining("got 3 at 1");
    assertThatThrownBy(() -> Permutation.of(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_callersArray_isCopied() {
    int[] from = {1, 0, 2};
    Permutation permutation = Permutation.of(from);
    from[0] = 2;
    permutation.toArray()[1] = 7;
    assertThat(permutation).isEqualTo(Permutation.of(1, 0, 2));
  }

  @Test
  void inverse_composedEitherWay_isIdentity() {
    Permutation p = Permutation.random(17, 3);
    assertThat(p.compose(p.inverse())).isEqualTo(Permutation.identity(17));
    assertThat(p.inverse().compose(p).isIdentity()).isTrue();
    assertThat(p.inverse().inverse()).isEqualTo(p).hasSameHashCodeAs(p);
  }

  @Test
  void compose_always_gathersFirstByTheReceiver() {
    Permutation first = Permutation.of(1, 2, 0);
    Permutation next = Permutation.of(2, 1, 0);
    assertThat(first.compose(next).toArray()).containsExactly(0, 2, 1);
    assertThatThrownBy(() -> first.compose(Permutation.identity(2)))
        .hasMessageContaining("got 3 and 2");
  }

  @Test
  void identityFraction_oneOfThreeUnitsStays_isAThird() {
    assertThat(Permutation.of(1, 0, 2).identityFraction()).isEqualTo(1.0 / 3);
    assertThat(Permutation.identity(0).identityFraction()).isEqualTo(1);
  }

  @Test
  void random_seed_decides() {
    assertThat(Permutation.random(50, 1)).isEqualTo(Permutation.random(50, 1));
    assertThat(Permutation.random(50, 1)).isNotEqualTo(Permutation.random(50, 2));
  }
}

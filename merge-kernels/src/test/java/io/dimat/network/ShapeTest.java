package io.dimat.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void positions_moreThanAnIntHolds_areRefused() {
    Shape shape = new Shape(1, 1 << 16, 1 << 16);

    assertThatThrownBy(shape::positions).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(shape::size).isInstanceOf(ArithmeticException.class);
  }
}

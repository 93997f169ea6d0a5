package io.dimat.dl4j.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.interchange.ModelFileException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoredFloatTest {
  @ParameterizedTest
  @CsvSource({
    "3c00, 1",
    "c000, -2",
    "3555, 0.33325195",
    "7bff, 65504",
    "fbff, -65504",
    "0000, 0",
    "8000, -0.0",
    "0001, 5.9604645e-8",
    "83ff, -6.097555e-5",
    "0400, 6.1035156e-5",
    "7c00, Infinity",
    "fc00, -Infinity",
    "7e00, NaN"
  })
  void next_halfPrecision_givesItsNumber(String bits, Float expected) {
    ByteBuffer bytes = ByteBuffer.allocate(2).putShort((short) Integer.parseInt(bits, 16)).flip();
    assertThat(StoredFloat.HALF.next(bytes)).isEqualTo(expected);
  }

  @Test
  void of_unknownType_isRefused() {
    assertThatThrownBy(() -> StoredFloat.of("BFLOAT16"))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("coefficients.bin must hold one of [FLOAT, DOUBLE, HALF], got BFLOAT16");
  }
}

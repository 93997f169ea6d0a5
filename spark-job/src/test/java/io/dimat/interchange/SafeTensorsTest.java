package io.dimat.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
  private static final ParamLayout LAYOUT =
      ParamLayout.builder()
          .add("a", List.of(2, 1), Role.TRAINABLE)
          .add("b", List.of(1), Role.RUNNING_STATISTIC)
          .build();
  private static final String A = tensor("a", "F32", "[2,1]", "[0,8]");
  private static final String B = tensor("b", "F32", "[1]", "[8,12]");

  @Test
  void write_oddValues_readBackBitForBit() throws IOException {
    ParamVector vector = ParamVector.of(LAYOUT, new float[] {-0f, Float.NaN, Float.MIN_VALUE});
    Map<String, String> metadata = Map.of("network", "cnn", "agent", "é\"3");

    SafeTensors.Model model = read(bytes(vector, metadata));

    assertThat(model.vector()).isEqualTo(vector);
    assertThat(model.metadata()).isEqualTo(metadata);
  }

  @Test
  void write_anyMetadata_dataIsAlignedAndSpacePadded() throws IOException {
    for (int length = 0; length < 9; length++) {
      byte[] file = bytes(ParamVector.zeros(LAYOUT), Map.of("k", "x".repeat(length)));
      int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
      assertThat(header % 8).isZero();
      assertThat(file).hasSize(8 + header + 12);
      String json = new String(file, 8, header, StandardCharsets.UTF_8);
      assertThat(json).startsWith("{").matches("(?s).*} {0,7}");
    }
  }

  @Test
  void read_otherTensorOrder_goesByName() throws IOException {
    String header =
        "{"
            + tensor("b", "F32", "[1]", "[0,4]")
            + ","
            + tensor("a", "F32", "[2,1]", "[4,12]")
            + "}";

    ParamVector vector = read(file(header, 1f, 2f, 3f)).vector();

    assertThat(vector.toArray()).containsExactly(2f, 3f, 1f);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, 4096})
  void read_wrongHeaderLength_namesTheRule(long length) {
    byte[] file = file("{" + A + "," + B + "}", 1f, 2f, 3f);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);

    assertBad(file, "the header must have");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "F16 | [2,1] | [0,8]                    | a must have dtype F32, got \"F16\"",
        "F32 | [1,2] | [0,8]                    | a must have shape [2, 1], got [1, 2]",
        "F32 | [2,1,1] | [0,8]                  | a must have shape",
        "F32 | 2 | [0,8]                        | a needs an array, got 2",
        "F32 | [2,1.5] | [0,8]                  | a needs whole numbers, got 1.5",
        "F32 | [2,99999999999999999999] | [0,8] | a needs whole numbers",
        "F32 | [2,1] | [0,4]                    | a must span 8 bytes",
        "F32 | [2,1] | [0]                      | a must span 8 bytes",
        "F32 | [2,1] | [-8,0]                   | a must span 8 bytes",
        "F32 | [2,1] | [8,0]                    | a must span 8 bytes",
        "F32 | [2,1] | [4,12]                   | without gap or overlap",
        "F32 | [2,1] | [9223372036854775800,-9223372036854775808] | a must span 8 bytes",
        "F32 | [2,1] | [9223372036854775799,9223372036854775807]  | without gap or overlap"
      })
  void read_wrongTensor_namesTheRule(String dtype, String shape, String offsets, String message) {
    assertBad(file("{" + tensor("a", dtype, shape, offsets) + "," + B + "}", 1f, 2f, 3f), message);
  }

  @Test
  void read_wrongHeader_namesTheRule() {
    assertBad(file("[1]", 1f), "the header must begin with {");
    assertBad(file("{\"a\"", 1f), "the header must be JSON");
    assertBad(file("{" + A + "," + B + "} x", 1f, 2f, 3f), "the header must be JSON");
    assertBad(file("{\"a\":" + "[".repeat(100_000), 1f), "the header must be JSON");
    assertBad(file("{" + A + "," + A + "," + B + "}", 1f, 2f, 3f), "the header must be JSON");
    assertBad(file("{" + A + "}", 1f, 2f), "the network needs b");
    assertBad(file("{}"), "the network needs a");
    assertBad(
        file("{" + A + "," + B + "," + tensor("c", "F32", "[1]", "[12,16]") + "}", 1f, 2f, 3f, 4f),
        "the network has no tensor c");
    assertBad(file("{\"a\":3}", 1f), "a must have dtype F32, got nothing");
    assertBad(file("{\"__metadata__\":{\"k\":1}," + A + "," + B + "}", 1f), "must hold only text");
  }

  @Test
  void read_wrongNumberOfBytes_namesTheRule() {
    byte[] file = file("{" + A + "," + B + "}", 1f, 2f, 3f);

    assertBad(Arrays.copyOf(file, file.length - 1), "it ends after 11");
    assertBad(Arrays.copyOf(file, file.length + 1), "there is more");
    assertBad(new byte[3], "begins with 8 bytes");
  }

  private static void assertBad(byte[] file, String message) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  private static SafeTensors.Model read(byte[] file) throws IOException {
    return SafeTensors.read(new ByteArrayInputStream(file), LAYOUT);
  }

  private static byte[] bytes(ParamVector vector, Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeTensors.write(vector, metadata, out);
    return out.toByteArray();
  }

  private static byte[] file(String header, float... values) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }

  private static String tensor(String name, String dtype, String shape, String offsets) {
    return String.format(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}", name, dtype, shape, offsets);
  }
}

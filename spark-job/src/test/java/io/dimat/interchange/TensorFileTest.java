package io.dimat.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFileTest {
  private static final RawTensors MIXED =
      new RawTensors()
          .entry("\"__metadata__\":{\"network\":\"cnn\"}")
          .floats("w", "[2,1]", 1.5f, -2f)
          .longs("n", "[]", 7)
          .add("u", "U8", "[3]", new byte[] {0, 1, -1})
          .add("empty", "F16", "[0,4]", new byte[0]);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("t.safetensors");
  }

  @Test
  void open_severalTensors_listsAndReadsThem() throws IOException {
    try (TensorFile tensors = TensorFile.open(MIXED.write(file))) {
      assertThat(tensors.tensors().keySet()).containsExactly("empty", "n", "u", "w");
      assertThat(tensors.inFileOrder()).extracting(TensorInfo::name).startsWith("w", "n", "u");
      assertThat(tensors.metadata()).isEqualTo(Map.of("network", "cnn"));
      assertThat(tensors.tensors().get("w"))
          .isEqualTo(new TensorInfo("w", Dtype.F32, List.of(2L, 1L), 0, 8));
      assertThat(tensors.integers("u")).containsExactly(0, 1, 255);
      assertThat(tensors.floats("w")).containsExactly(1.5f, -2f);
      assertThat(tensors.integers("n")).containsExactly(7);
      assertThat(tensors.floats("empty")).isEmpty();
    }
  }

  @Test
  void floats_everyHalf_hasItsValue() throws IOException {
    float[] read = everyShort("F16");
    double[] got = new double[1 << 16];
    double[] defined = new double[1 << 16];
    for (int bits = 0; bits < 1 << 16; bits++) {
      got[bits] = read[bits];
      defined[bits] = half(bits);
    }
    assertThat(got).isEqualTo(defined);
    assertThat(Float.floatToRawIntBits(read[0x8000])).isEqualTo(Integer.MIN_VALUE);
  }

  /** The definition: sign, 5 bits of exponent, 10 of mantissa. */
  private static double half(int bits) {
    double sign = bits < 0x8000 ? 1 : -1;
    int exponent = bits >> 10 & 31;
    int mantissa = bits & 1023;
    if (exponent == 31) {
      return mantissa == 0 ? sign / 0.0 : Double.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb((double) mantissa, -24)
        : sign * Math.scalb(1024.0 + mantissa, exponent - 25);
  }

  @Test
  void floats_everyBfloat_isTheUpperHalfOfAFloat() throws IOException {
    float[] read = everyShort("BF16");
    int[] upper = new int[1 << 16];
    int[] expected = new int[1 << 16];
    for (int bits = 0; bits < 1 << 16; bits++) {
      upper[bits] = Float.floatToRawIntBits(read[bits]);
      expected[bits] = bits << 16;
    }
    assertThat(upper).isEqualTo(expected);
  }

  private float[] everyShort(String dtype) throws IOException {
    byte[] all =
        RawTensors.bytes(
            1 << 17,
            b -> {
              for (int bits = 0; bits < 1 << 16; bits++) {
                b.putShort((short) bits);
              }
            });
    new RawTensors().add("x", dtype, "[65536]", all).write(file);
    try (TensorFile tensors = TensorFile.open(file)) {
      return tensors.floats("x");
    }
  }

  @Test
  void floats_longerThanAPiece_areAllRead() throws IOException {
    int n = 40_001;
    byte[] doubles = RawTensors.bytes(8 * n, b -> fill(b.asDoubleBuffer(), n));
    new RawTensors()
        .floats("before", "[1]", 9f)
        .add("x", "F64", "[" + n + "]", doubles)
        .write(file);
    try (TensorFile tensors = TensorFile.open(file)) {
      float[] expected = new float[n];
      for (int i = 0; i < n; i++) {
        expected[i] = i / 7f;
      }
      assertThat(tensors.floats("x")).isEqualTo(expected);
    }
  }

  private static void fill(DoubleBuffer target, int n) {
    for (int i = 0; i < n; i++) {
      target.put(i / 7f);
    }
  }

  @Test
  void values_ofAnotherKind_areRefusedByDtype() throws IOException {
    new RawTensors()
        .longs("n", "[1]", 1L << 31)
        .floats("w", "[1]", 1f)
        .add("b", "BOOL", "[1]", new byte[1])
        .write(file);
    try (TensorFile tensors = TensorFile.open(file)) {
      assertThatThrownBy(() -> tensors.floats("n"))
          .isInstanceOf(ModelFileException.class)
          .hasMessage("n must have dtype F16, BF16, F32, F64, got I64");
      assertThatThrownBy(() -> tensors.integers("w"))
          .isInstanceOf(ModelFileException.class)
          .hasMessage("w must have dtype U8, I16, I32, I64, got F32");
      assertThatThrownBy(() -> tensors.integers("b"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("got BOOL");
      assertThatThrownBy(() -> tensors.integers("n"))
          .isInstanceOf(ModelFileException.class)
          .hasMessage("n must fit 32 bits, value 0 is 2147483648");
      assertThatThrownBy(() -> tensors.floats("x"))
          .isInstanceOf(ModelFileException.class)
          .hasMessage("there is no tensor x; there are b, n, w");
    }
  }

  @Test
  void open_everyTruncation_isOneLine() throws IOException {
    byte[] whole = MIXED.bytes();
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length));
    }
    assertRefused(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void open_flippedBitInTheHeader_readsOrIsOneLine() throws IOException {
    byte[] whole = MIXED.bytes();
    int refused = 0;
    for (int bit = 0; bit < 8 * (whole.length - 19); bit += 3) { // in every byte, every bit in turn
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refused += readsAll(flipped) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(whole.length / 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "F32 | [1] | [0,4] | F32 | [1] | [0,4] | without gap or overlap: b begins at byte 0",
        "F32 | [1] | [0,4] | F32 | [1] | [2,6] | without gap or overlap",
        "F32 | [1] | [0,4] | F32 | [1] | [8,12] | without gap or overlap",
        "F32 | [1] | [4,8] | F32 | [1] | [8,12] | without gap or overlap: a begins at byte 4",
        "F32 | [1] | [0,4] | F32 | [500000000] | [4,2000000004] | must hold 2000000004 bytes",
        "F32 | [4611686018427387904] | [0,4] | F32 | [1] | [4,8] | fewer than 2^63 bytes",
        "U8 | [9223372036854775807] | [0,9223372036854775807] | U8 | [1] | [4,5] | gap or overlap",
        "F32 | [-1] | [0,4] | F32 | [1] | [4,8] | needs axis lengths from 0 on, got [-1]",
        "F32 | [1,1,1,1,1,1,1,1,1] | [0,4] | F32 | [1] | [4,8] | a may have 8 axes",
        "F4 | [2] | [0,1] | F32 | [1] | [1,5] | a must have dtype BOOL, U8,",
        "F16 | [1] | [0,4] | F32 | [1] | [4,8] | a must span 2 bytes"
      })
  void open_twoTensorsThatDoNotFit_namesTheRule(
      String dtypeA, String shapeA, String at, String dtypeB, String shapeB, String bt, String rule)
      throws IOException {
    String entry = "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}";
    String header =
        "{"
            + entry.formatted("a", dtypeA, shapeA, at)
            + ","
            + entry.formatted("b", dtypeB, shapeB, bt)
            + "}";

    assertThat(assertRefused(RawTensors.file(header, new byte[8]))).contains(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[[[[[[[[[[0]]]]]]]]]]}",
        "{\"a\":{\"dtype\":{\"x\":1}}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[[1]],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e1],\"data_offsets\":[0,4]}}",
        "{\"__metadata__\":{\"a\":null}}",
        "{\"__metadata__\":3}",
        "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}",
        "{\"__metadata__\":{},\"__metadata__\":{}}",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}",
        "{}{}",
        "{}\0",
        "{'a':1}",
        "{\"a\\u0000\\n\\u001b[2J\":1}"
      })
  void open_otherHeaders_areOneLine(String header) throws IOException {
    assertRefused(RawTensors.file(header, new byte[4]));
  }

  @Test
  void open_hugeClaims_takeNoMoreThanTheFile() throws IOException {
    byte[] promise = new byte[64];
    promise[3] = 5; // a header of 84 MB in a file of 64 bytes
    promise[8] = '{';
    String many = "\"x\":{\"dtype\":\"F64\",\"shape\":[%d],\"data_offsets\":[0,%d]}";
    byte[] claim = RawTensors.file("{" + many.formatted(1L << 31, 1L << 34) + "}", new byte[16]);
    for (byte[] hostile : List.of(promise, claim)) {
      long before = allocated();
      assertRefused(hostile);
      assertThat(allocated() - before).isLessThan(4_000_000);
    }
  }

  @Test
  void open_tooManyTensors_isOneLine() throws IOException {
    RawTensors many = new RawTensors();
    for (int i = 0; i <= HeaderParser.MAX_TENSORS; i++) {
      many.add("t" + i, "U8", "[0]", new byte[0]);
    }
    assertThat(assertRefused(many.bytes())).contains("100000 tensors, there are more");
  }

  @Test
  void open_tooMuchMetadata_isOneLine() throws IOException {
    String pairs =
        IntStream.rangeClosed(0, HeaderParser.MAX_PAIRS)
            .mapToObj(i -> "\"k" + i + "\":\"\"")
            .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
    assertThat(assertRefused(RawTensors.file(pairs, new byte[0]))).contains("may hold 10000 pairs");
  }

  @Test
  void open_nothingThere_isOneLine() {
    assertThatThrownBy(() -> TensorFile.open(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> TensorFile.open(folder)).isInstanceOf(ModelFileException.class);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private String assertRefused(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    Throwable failure = catchThrowable(() -> TensorFile.open(file));
    assertThat(failure).isInstanceOf(ModelFileException.class);
    assertThat(failure.getMessage()).startsWith(file + ": ").doesNotContainPattern("\\p{Cntrl}");
    assertThat(failure.getMessage().length()).isLessThan(400 + file.toString().length());
    return failure.getMessage();
  }

  /** False if the file is refused; anything but a model file exception fails the test. */
  private boolean readsAll(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try (TensorFile tensors = TensorFile.open(file)) {
      for (TensorInfo tensor : tensors.inFileOrder()) {
        if (tensor.dtype() == Dtype.F32) {
          assertThat(tensors.floats(tensor.name())).hasSize((int) tensor.elements());
        }
      }
      return true;
    } catch (ModelFileException e) {
      return false;
    }
  }
}

package io.dimat.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Precision;
import io.dimat.tensor.Role;
import io.dimat.testing.RoundTrip;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompressorTest {
  private static final Blocks WHOLE = new Blocks.Whole();
  private static final Blocks TENSORS = new Blocks.Tensors();
  private static final Blocks BUCKETS = new Blocks.Buckets(16);

  static Stream<Compressor> all() {
    List<Compressor> all = new ArrayList<>();
    for (Blocks blocks : List.of(WHOLE, TENSORS, BUCKETS)) {
      for (Scaling scaling : Scaling.values()) {
        Compressors.Options options = new Compressors.Options(3, 0.2, blocks, scaling);
        Compressors.names().forEach(name -> all.add(Compressors.create(name, options)));
      }
    }
    return all.stream();
  }

  static Stream<Compressor> unbiased() {
    return all().filter(Compressor::unbiased);
  }

  @ParameterizedTest
  @MethodSource("all")
  void decode_anyVector_isNoFurtherAwayThanDeclared(Compressor compressor) {
    for (Precision precision : Precision.values()) {
      for (int size : new int[] {1, 2, 15, 100}) {
        ParamLayout layout = layout(size, precision);
        for (ParamVector vector : List.of(normal(layout, 7), heavyTailed(layout, 8))) {
          assertThat(meanError(compressor, vector, 150) / vector.dot(vector))
              .as("%s, %d values", compressor, size)
              .isLessThanOrEqualTo(bound(compressor, layout) + 1e-6);
        }
      }
    }
  }

  /** The declared bound, with what 150 draws of an unbiased compressor may be off. */
  private static double bound(Compressor compressor, ParamLayout layout) {
    double delta = compressor.contraction(layout);
    if (compressor instanceof Qsgd qsgd && qsgd.unbiased()) {
      return 1.1 * qsgd.variance(qsgd.blocks().longest(layout));
    }
    if (compressor instanceof RandomK random) {
      double least = new Kept(random.fraction(), random.blocks()).least(layout);
      // k of d values, scaled by d / k: the error is d / k - 1 times the vector.
      return 1.5 * (compressor.unbiased() ? 1 / least - 1 : 1 - delta);
    }
    return 1 - delta;
  }

  @ParameterizedTest
  @MethodSource("unbiased")
  void decode_manySeeds_meanIsTheVector(Compressor compressor) {
    ParamVector vector = normal(layout(40, Precision.DOUBLE), 3);
    int draws = 4_000;
    ParamVector sum = ParamVector.zeros(vector.layout());
    for (int seed = 0; seed < draws; seed++) {
      sum = sum.plus(passed(compressor, vector, seed));
    }
    double variance = meanError(compressor, vector, 400);

    double expected = Math.sqrt(variance / draws);
    assertThat(sum.times(1.0 / draws).minus(vector).norm())
        .isLessThanOrEqualTo(2 * expected + 1e-9);
  }

  @ParameterizedTest
  @MethodSource("all")
  void encode_anyVector_hasTheDeclaredLength(Compressor compressor) {
    for (int size : new int[] {1, 2, 15, 100}) {
      ParamLayout layout = layout(size, Precision.SINGLE);

      Payload payload = compressor.encode(normal(layout, 5), 11);

      assertThat((long) payload.length()).isEqualTo(compressor.bytes(layout));
      assertThat(compressor.encode(normal(layout, 5), 11)).isEqualTo(payload);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void decode_zeroVector_isZero(Compressor compressor) {
    ParamVector zero = ParamVector.zeros(layout(100, Precision.DOUBLE));

    assertThat(passed(compressor, zero, 1).norm()).isZero();
  }

  @ParameterizedTest
  @MethodSource("all")
  void decode_payloadOfAnotherLayout_isRefused(Compressor compressor) {
    Payload payload = compressor.encode(normal(layout(100, Precision.SINGLE), 1), 1);
    ParamLayout other = layout(500, Precision.SINGLE);

    assertThatThrownBy(() -> compressor.decode(payload, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a payload of this compressor and layout has %d bytes, got %d"
                .formatted(compressor.bytes(other), payload.length()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void serialized_anyCompressor_isEqual(Compressor compressor) {
    assertThat(RoundTrip.of(compressor)).isEqualTo(compressor);
  }

  @ParameterizedTest
  @CsvSource({
    "identity, 4000",
    "qsgd, 504", // 1000 * 4 bits + 32 bits
    "top-k, 1050", // 200 * (32 + 10) bits
    "random-k, 808", // 200 * 32 bits + 64 bits
    "sign, 129", // 1000 bits + 32 bits
    "8-bit, 1004"
  })
  void bytes_thousandFloats_areThoseOfTheFormula(String name, long bytes) {
    Compressors.Options options = new Compressors.Options(3, 0.2, WHOLE, Scaling.UNBIASED);

    assertThat(Compressors.create(name, options).bytes(layout(1000, Precision.SINGLE)))
        .isEqualTo(bytes);
  }

  @Test
  void bytes_moreBlocks_payOneScaleEach() {
    ParamLayout layout = layout(1000, Precision.SINGLE);

    assertThat(new ScaledSign(new Blocks.Buckets(100)).bytes(layout)).isEqualTo(125 + 10 * 4);
    assertThat(new ScaledSign(TENSORS).bytes(layout)).isEqualTo(125 + 2 * 4);
  }

  @Test
  void identity_anyPrecision_keepsEveryBit() {
    for (Precision precision : Precision.values()) {
      ParamVector vector = normal(layout(77, precision), 2);

      assertThat(passed(new Identity(), vector, 0)).isEqualTo(vector);
    }
  }

  @Test
  void sign_anyVector_errorIsThatOfTheFormula() {
    ParamVector vector = normal(layout(100, Precision.DOUBLE), 9);
    double l1 = 0;
    for (double value : vector.toDoubles()) {
      l1 += Math.abs(value);
    }
    double delta = l1 * l1 / (100 * vector.dot(vector));

    assertThat(meanError(new ScaledSign(WHOLE), vector, 1))
        .isCloseTo((1 - delta) * vector.dot(vector), within(1e-5));
  }

  @Test
  void topK_knownVector_keepsTheLargestAndOfEqualOnesTheFirst() {
    ParamVector vector =
        ParamVector.of(layout(6, Precision.DOUBLE), new double[] {1, -3, 2, -2, 0, .5});

    assertThat(passed(new TopK(0.5, WHOLE), vector, 0).toDoubles())
        .containsExactly(0, -3, 2, -2, 0, 0);
    assertThat(passed(new TopK(0.34, WHOLE), vector, 0).toDoubles())
        .containsExactly(0, -3, 2, 0, 0, 0);
    assertThat(passed(new TopK(0.01, WHOLE), vector, 0).toDoubles())
        .containsExactly(0, -3, 0, 0, 0, 0);
  }

  @Test
  void randomK_manySeeds_everyValueIsKeptEquallyOften() {
    ParamVector ones = ParamVector.zeros(layout(10, Precision.DOUBLE)).map(x -> 1);
    ParamVector kept = ParamVector.zeros(ones.layout());
    RandomK compressor = new RandomK(0.3, WHOLE, Scaling.CONTRACTING);
    for (int seed = 0; seed < 10_000; seed++) {
      ParamVector one = passed(compressor, ones, seed);
      assertThat(one.dot(ones)).isEqualTo(3);
      kept = kept.plus(one);
    }

    for (double count : kept.toDoubles()) {
      assertThat(count).isCloseTo(3000, within(5 * Math.sqrt(10_000 * 0.3 * 0.7)));
    }
  }

  @Test
  void qsgd_fewBitsLongBlock_variesMoreThanTheVectorUnlessContracting() {
    ParamVector vector = normal(layout(1000, Precision.DOUBLE), 4);
    Qsgd plain = new Qsgd(2, WHOLE, Scaling.UNBIASED);

    assertThat(meanError(plain, vector, 50) / vector.dot(vector)).isBetween(5.0, 10.6);
    assertThat(plain.contraction(vector.layout())).isZero();
    assertThat(meanError(new Qsgd(2, WHOLE, Scaling.CONTRACTING), vector, 50) / vector.dot(vector))
        .isLessThan(1);
  }

  @Test
  void buckets_longTail_doNotSpoilTheOthers() {
    ParamLayout layout = layout(64, Precision.DOUBLE);
    ParamVector vector = normal(layout, 4).plus(1e4, unit(layout, 0));

    ParamVector whole = passed(new EightBit(WHOLE), vector, 0).minus(vector);
    ParamVector buckets = passed(new EightBit(BUCKETS), vector, 0).minus(vector);

    assertThat(buckets.norm()).isLessThan(0.7 * whole.norm());
  }

  @Test
  void create_badOptions_areRefusedInOneLine() {
    assertThatThrownBy(() -> new Qsgd(0, WHOLE, Scaling.UNBIASED))
        .hasMessage("QSGD has 1 to 16 bits a magnitude, got 0");
    assertThatThrownBy(() -> new TopK(0, WHOLE))
        .hasMessage("a kept fraction is in (0, 1], got 0.0");
    assertThatThrownBy(() -> new Blocks.Buckets(0))
        .hasMessage("a bucket has at least 1 value, got 0");
    assertThatThrownBy(() -> Compressors.create("zip", null))
        .hasMessage("compressor must be one of " + Compressors.names() + ", got zip");
  }

  private static ParamVector passed(Compressor compressor, ParamVector vector, long seed) {
    return compressor.decode(compressor.encode(vector, seed), vector.layout());
  }

  private static double meanError(Compressor compressor, ParamVector vector, int draws) {
    double sum = 0;
    for (int seed = 0; seed < draws; seed++) {
      ParamVector error = passed(compressor, vector, seed).minus(vector);
      sum += error.dot(error);
    }
    return sum / draws;
  }

  /** Two tensors, the first one value long if there is but one. */
  private static ParamLayout layout(int size, Precision precision) {
    ParamLayout.Builder builder = ParamLayout.builder().precision(precision);
    builder.add("a", List.of(Math.max(1, size / 3)), Role.TRAINABLE);
    if (size > 1) {
      builder.add("b", List.of(size - Math.max(1, size / 3)), Role.TRAINABLE);
    }
    return builder.build();
  }

  private static ParamVector unit(ParamLayout layout, int index) {
    double[] values = new double[layout.size()];
    values[index] = 1;
    return ParamVector.of(layout, values);
  }

  private static ParamVector normal(ParamLayout layout, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    return ParamVector.zeros(layout).map(x -> gaussian.sample());
  }

  private static ParamVector heavyTailed(ParamLayout layout, long seed) {
    return normal(layout, seed).map(x -> x * x * x);
  }
}

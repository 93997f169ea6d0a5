package io.dimat.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.shard.FeatureSkew.Kind;
import io.dimat.source.DataException;
import io.dimat.source.ImageShape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureSkewTest {
  private static final ImageShape SHAPE = new ImageShape(1, 3, 3);

  private static ImageBlock block(int... pixels) {
    byte[] bytes = new byte[pixels.length];
    IntStream.range(0, pixels.length).forEach(i -> bytes[i] = (byte) pixels[i]);
    return ImageBlock.of(SHAPE, new long[] {7}, new int[] {4}, bytes);
  }

  private static int[] pixels(ImageBlock block) {
    byte[] image = block.image(0);
    return IntStream.range(0, image.length).map(i -> image[i] & 0xff).toArray();
  }

  private static ImageBlock grey(ImageShape shape, int images) {
    byte[] pixels = new byte[images * shape.size()];
    Arrays.fill(pixels, (byte) 128);
    return ImageBlock.of(
        shape, IntStream.range(0, images).asLongStream().toArray(), new int[images], pixels);
  }

  private static FeatureSkew skew(Kind kind) {
    return new FeatureSkew(kind, kind == Kind.NONE ? 0 : .5, 3);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void apply_anyKind_firstAgentUnchangedAndLaterOnesTheSameEveryTime(Kind kind) {
    ImageBlock images = block(10, 20, 30, 40, 50, 60, 70, 80, 90);

    assertThat(skew(kind).apply(images, 0, 5)).isEqualTo(images);
    assertThat(skew(kind).apply(images, 0, 1)).isEqualTo(images);
    ImageBlock seen = skew(kind).apply(images, 4, 5);
    assertThat(skew(kind).apply(images, 4, 5)).isEqualTo(seen);
    assertThat(seen.index(0)).isEqualTo(7);
    assertThat(seen.label(0)).isEqualTo(4);
  }

  @Test
  void rotation_quarterTurn_clockwise() {
    FeatureSkew quarter = new FeatureSkew(Kind.ROTATION, 90, 0);

    ImageBlock seen = quarter.apply(block(1, 2, 3, 4, 5, 6, 7, 8, 9), 1, 2);

    assertThat(pixels(seen)).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
  }

  @Test
  void rotation_middleAgent_halfTheAngle() {
    FeatureSkew half = new FeatureSkew(Kind.ROTATION, 180, 0);

    ImageBlock seen = half.apply(block(1, 2, 3, 4, 5, 6, 7, 8, 9), 1, 3);

    assertThat(pixels(seen)).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
  }

  /** A corner of the result lies sqrt(2) from the centre: outside, between black and the edge. */
  @Test
  void rotation_eighthTurn_blackComesInAtTheCorners() {
    FeatureSkew eighth = new FeatureSkew(Kind.ROTATION, 45, 0);

    int[] seen = pixels(eighth.apply(block(200, 200, 200, 200, 200, 200, 200, 200, 200), 1, 2));

    assertThat(seen[4]).isEqualTo(200);
    assertThat(seen[0]).isEqualTo((int) Math.round(200 * (2 - Math.sqrt(2))));
  }

  @Test
  void contrast_lastAgent_distancesToTheMeanShrink() {
    FeatureSkew less = new FeatureSkew(Kind.CONTRAST, .75, 0);

    int[] seen = pixels(less.apply(block(0, 80, 160, 0, 80, 160, 0, 80, 160), 1, 2));

    assertThat(seen).containsExactly(60, 80, 100, 60, 80, 100, 60, 80, 100);
  }

  @ParameterizedTest
  @CsvSource({"1, .05", "2, .1"})
  void noise_laterAgent_standardDeviationInProportion(int agent, double deviation) {
    ImageBlock seen =
        new FeatureSkew(Kind.NOISE, .1, 5).apply(grey(new ImageShape(1, 40, 50), 10), agent, 3);

    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 10; i++) {
      for (byte pixel : seen.image(i)) {
        double d = ((pixel & 0xff) - 128) / 255.0;
        sum += d;
        squares += d * d;
      }
    }
    assertThat(sum / 20_000).isCloseTo(0, within(5 * deviation / Math.sqrt(20_000)));
    assertThat(Math.sqrt(squares / 20_000)).isCloseTo(deviation, within(.03 * deviation));
    assertThat(seen.image(0)).isNotEqualTo(seen.image(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ROTATION | 361 | rotation needs degrees in (0, 360], got 361.0",
        "ROTATION | 0 | rotation needs degrees in (0, 360], got 0.0",
        "NOISE | 1.5 | noise needs a standard deviation in (0, 1], got 1.5",
        "CONTRAST | 1 | contrast needs a lost share in (0, 1), got 1.0",
        "NONE | 0.1 | none needs strength 0, got 0.1",
        "NOISE | NaN | got NaN",
      })
  void strength_outOfRange_refused(Kind kind, double strength, String message) {
    assertThatThrownBy(() -> new FeatureSkew(kind, strength, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}

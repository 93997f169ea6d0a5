package io.dimat.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.source.ImageShape;
import io.dimat.source.Normalization;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MinibatchesTest {
  private static final ImageShape SHAPE = new ImageShape(2, 5, 4);
  private static final Normalization NORMALIZATION =
      new Normalization(List.of(0.5, 0.25), List.of(0.5, 2.0));

  private static ImageBlock block(int images) {
    long[] indices = new long[images];
    byte[] pixels = new byte[images * SHAPE.size()];
    for (int i = 0; i < images; i++) {
      indices[i] = i;
    }
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = (byte) (1 + p * 37 % 255);
    }
    return ImageBlock.of(SHAPE, indices, new int[images], pixels);
  }

  private static float[] fill(ImageBlock block, int[] order, int from, int to, Augmentation a) {
    float[] out = new float[(to - from) * SHAPE.size()];
    Minibatches.fill(block, order, from, to, a, NORMALIZATION, 42, out);
    return out;
  }

  private static float normalised(byte pixel, int channel) {
    double mean = channel == 0 ? 0.5 : 0.25;
    double deviation = channel == 0 ? 0.5 : 2.0;
    return (float) (((pixel & 0xff) / 255.0 - mean) / deviation);
  }

  /** Slow and plain: pad with zero, cut out, mirror, normalise. */
  private static float[] changed(byte[] image, int down, int right, boolean flip) {
    float[] out = new float[SHAPE.size()];
    for (int c = 0; c < 2; c++) {
      for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 4; x++) {
          int row = y + down;
          int column = (flip ? 3 - x : x) + right;
          boolean inside = row >= 0 && row < 5 && column >= 0 && column < 4;
          byte pixel = inside ? image[c * 20 + row * 4 + column] : 0;
          out[c * 20 + y * 4 + x] = normalised(pixel, c);
        }
      }
    }
    return out;
  }

  @Test
  void fill_none_isNormalisedInOrder() {
    ImageBlock block = block(3);

    float[] out = fill(block, new int[] {2, 0, 1}, 0, 2, Augmentation.NONE);

    assertThat(Arrays.copyOf(out, 40)).containsExactly(changed(block.image(2), 0, 0, false));
    assertThat(Arrays.copyOfRange(out, 40, 80))
        .containsExactly(changed(block.image(0), 0, 0, false));
  }

  @Test
  void fill_cropAndFlip_everyImageIsOneOfThePossibleAndAllOccur() {
    ImageBlock block = block(2000);
    int[] order = Minibatches.order(2000, 1);
    float[] out = fill(block, order, 0, 2000, new Augmentation(2, Augmentation.Flip.HORIZONTAL));

    TreeSet<String> seen = new TreeSet<>();
    for (int i = 0; i < 2000; i++) {
      float[] image = Arrays.copyOfRange(out, i * 40, i * 40 + 40);
      String found = "none";
      for (int draw = 0; draw < 50; draw++) {
        int down = draw / 2 / 5 - 2;
        int right = draw / 2 % 5 - 2;
        if (Arrays.equals(image, changed(block.image(order[i]), down, right, draw % 2 == 1))) {
          found = down + " " + right + " " + draw % 2;
        }
      }
      seen.add(found);
    }
    assertThat(seen).hasSize(50).doesNotContain("none");
  }

  @Test
  void fill_paddingBeyondTheImage_isPossible() {
    float[] out =
        fill(
            block(50),
            Minibatches.order(50, 1),
            0,
            50,
            new Augmentation(9, Augmentation.Flip.NEVER));

    assertThat(out).contains(normalised((byte) 0, 0), normalised((byte) 0, 1));
  }

  @Test
  void fill_otherBatchSize_sameImages() {
    ImageBlock block = block(10);
    int[] order = Minibatches.order(10, 3);
    Augmentation augmentation = new Augmentation(4, Augmentation.Flip.HORIZONTAL);
    float[] all = fill(block, order, 0, 10, augmentation);

    for (int from = 0; from < 10; from += 3) {
      int to = Math.min(10, from + 3);
      assertThat(fill(block, order, from, to, augmentation))
          .containsExactly(Arrays.copyOfRange(all, from * 40, to * 40));
    }
  }

  @Test
  void fill_otherSeed_otherImages() {
    float[] out = new float[400];
    float[] other = new float[400];
    int[] order = Minibatches.order(10, 3);
    Augmentation augmentation = new Augmentation(4, Augmentation.Flip.HORIZONTAL);

    Minibatches.fill(block(10), order, 0, 10, augmentation, NORMALIZATION, 1, out);
    Minibatches.fill(block(10), order, 0, 10, augmentation, NORMALIZATION, 2, other);

    assertThat(out).isNotEqualTo(other);
  }

  @Test
  void fill_tooSmallOut_refused() {
    assertThatThrownBy(
            () ->
                Minibatches.fill(
                    block(2),
                    new int[] {0, 1},
                    0,
                    2,
                    Augmentation.NONE,
                    NORMALIZATION,
                    1,
                    new float[79]))
        .hasMessageContaining("2 images of 2x5x4 need 80 places, got 79");
  }

  @Test
  void order_isASeededPermutationNearUniform() {
    assertThat(Minibatches.order(1000, 1))
        .isEqualTo(Minibatches.order(1000, 1))
        .isNotEqualTo(Minibatches.order(1000, 2));
    assertThat(Arrays.stream(Minibatches.order(1000, 1)).sorted().toArray())
        .isEqualTo(java.util.stream.IntStream.range(0, 1000).toArray());
    int[][] seen = new int[4][4];
    for (int seed = 0; seed < 40_000; seed++) {
      int[] order = Minibatches.order(4, seed);
      for (int i = 0; i < 4; i++) {
        seen[i][order[i]]++;
      }
    }
    for (int[] place : seen) {
      assertThat(Arrays.stream(place).boxed()).allMatch(n -> Math.abs(n - 10_000) < 500);
    }
  }

  @Test
  void augmentation_negativePadding_refused() {
    assertThatThrownBy(() -> new Augmentation(-1, Augmentation.Flip.NEVER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 0 pixels, got -1");
  }
}

package io.dimat.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.interchange.ImageFile;
import io.dimat.interchange.RawTensors;
import io.dimat.learn.Batch;
import io.dimat.network.Shape;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.Minibatches;
import io.dimat.source.ImageShape;
import io.dimat.source.Normalization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetTest {
  private static final ImageBlock BLOCK =
      ImageBlock.of(
          new ImageShape(2, 1, 2),
          new long[] {3, 5, 9},
          new int[] {4, 0, 7},
          new byte[] {0, (byte) 255, 51, 102, 1, 2, 3, 4, (byte) 255, 0, 0, (byte) 204});

  private static final Normalization NORMALIZATION =
      new Normalization(List.of(0.5, 0.2), List.of(0.5, 0.1));

  @TempDir Path folder;

  @Test
  void blockImages_batch_isNormalisedByChannelInTheSeedsOrder() {
    BlockImages images = new BlockImages(BLOCK, NORMALIZATION, seed(0, 1, 2));

    assertThat(images.size()).isEqualTo(3);
    assertThat(images.shape()).isEqualTo(new Shape(2, 1, 2));
    assertThat(images.labelled()).isTrue();
    Batch ends = images.batch(2, 3);
    assertThat(ends.labels()).containsExactly(7);
    assertThat(ends.images()).containsExactly(1f, -1f, -2f, 6f);
    assertThat(images.batch(0, 2).labels()).containsExactly(4, 0);
    assertThat(images.batch(0, 1).images()).containsExactly(-1f, 1f, 0f, 2f);
  }

  /** One that gives numbers below {@code order.length} this order. */
  private static long seed(int... order) {
    return LongStream.range(0, 1000)
        .filter(seed -> Arrays.equals(Minibatches.order(order.length, seed), order))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void blockImages_otherSeed_otherOrder() {
    BlockImages images = new BlockImages(BLOCK, NORMALIZATION, seed(2, 0, 1));

    assertThat(images.batch(0, 3).labels()).containsExactly(7, 4, 0);
  }

  @Test
  void fewer_ofEitherKind_holdsTheFirstOnesAndNoOthers() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      for (ImageSet all :
          List.of(
              new BlockImages(BLOCK, NORMALIZATION, seed),
              FileImages.drawn(file(true), 0, 4, seed))) {
        ImageSet two = all.fewer(2);

        assertThat(two.size()).isEqualTo(2);
        assertThat(two.shape()).isEqualTo(all.shape());
        assertThat(two.labelled()).isTrue();
        assertThat(two.batch(0, 2).labels()).containsExactlyInAnyOrder(all.batch(0, 2).labels());
        assertThat(all.fewer(512)).isEqualTo(all);
      }
    }
    assertThat(new BlockImages(BLOCK, NORMALIZATION, 1).fewer(2).block().size()).isEqualTo(2);
    assertThat(FileImages.drawn(file(true), 0, 4, 1).fewer(2).images().size()).isEqualTo(2);
  }

  @Test
  void fileImages_drawn_holdsThePlacesOfTheSeedsOrderAndNoOthers() throws IOException {
    FileImages images = FileImages.drawn(file(true), 1, 4, seed(3, 1, 0, 2));

    assertThat(images.size()).isEqualTo(3);
    assertThat(images.images().size()).isEqualTo(3);
    assertThat(images.shape()).isEqualTo(new Shape(1, 1, 2));
    assertThat(images.labelled()).isTrue();
    assertThat(images.batch(0, 2).images()).containsExactly(2f, 2.5f, 1f, 1.5f);
    assertThat(images.batch(1, 3).labels()).containsExactly(0, 2);
    assertThat(FileImages.drawn(file(false), 0, 1, 5).labelled()).isFalse();
  }

  @Test
  void fileImages_rangesThatDoNotOverlap_drawEveryImageOnce() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      int[] one = FileImages.drawn(file(true), 0, 1, seed).batch(0, 1).labels();
      int[] others = FileImages.drawn(file(true), 1, 4, seed).batch(0, 3).labels();

      assertThat(others).doesNotContain(one).doesNotHaveDuplicates();
    }
  }

  @Test
  void fileImages_rangeOutsideTheFile_isRefused() throws IOException {
    ImageFile file = file(true);
    for (int[] range : List.of(new int[] {-1, 2}, new int[] {0, 5}, new int[] {2, 2})) {
      assertThatThrownBy(() -> FileImages.drawn(file, range[0], range[1], 7))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a file of 4 images has no images from %d to %d".formatted(range[0], range[1]));
    }
  }

  private ImageFile file(boolean labelled) throws IOException {
    RawTensors tensors =
        new RawTensors().floats("images", "[4,1,1,2]", 1f, 1.5f, 2f, 2.5f, 3f, 3.5f, 4f, 4.5f);
    if (labelled) {
      tensors.longs("labels", "[4]", 0, 1, 2, 3);
    }
    return ImageFile.read(tensors.write(folder.resolve("images.safetensors")), 4);
  }
}

package io.dimat.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.interchange.ImageFile;
import io.dimat.interchange.RawTensors;
import io.dimat.learn.Batch;
import io.dimat.network.Shape;
import io.dimat.shard.ImageBlock;
import io.dimat.source.ImageShape;
import io.dimat.source.Normalization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
  void blockImages_batch_isNormalisedByChannelInTheBlocksOrder() {
    BlockImages images = new BlockImages(BLOCK, NORMALIZATION);

    assertThat(images.size()).isEqualTo(3);
    assertThat(images.shape()).isEqualTo(new Shape(2, 1, 2));
    assertThat(images.labelled()).isTrue();
    Batch ends = images.batch(2, 3);
    assertThat(ends.labels()).containsExactly(7);
    assertThat(ends.images()).containsExactly(1f, -1f, -2f, 6f);
    assertThat(images.batch(0, 2).labels()).containsExactly(4, 0);
    assertThat(images.batch(0, 1).images()).containsExactly(-1f, 1f, 0f, 2f);
  }

  @Test
  void fewerImages_areTheFirstOnesAndNeverMoreThanThereAre() {
    BlockImages all = new BlockImages(BLOCK, NORMALIZATION);
    FewerImages two = new FewerImages(all, 2);

    assertThat(two.size()).isEqualTo(2);
    assertThat(two.shape()).isEqualTo(all.shape());
    assertThat(two.labelled()).isTrue();
    assertThat(two.batch(0, 2).images()).isEqualTo(all.batch(0, 2).images());
    assertThat(new FewerImages(all, 512).size()).isEqualTo(3);
  }

  @Test
  void fileImages_batch_countsFromTheFirstOfTheRange() throws IOException {
    FileImages images = new FileImages(file(true), 1, 4);

    assertThat(images.size()).isEqualTo(3);
    assertThat(images.shape()).isEqualTo(new Shape(1, 1, 2));
    assertThat(images.labelled()).isTrue();
    assertThat(images.batch(0, 2).images()).containsExactly(2f, 2.5f, 3f, 3.5f);
    assertThat(images.batch(1, 3).labels()).containsExactly(2, 3);
    assertThat(new FileImages(file(false), 0, 1).labelled()).isFalse();
  }

  @Test
  void fileImages_rangeOutsideTheFile_isRefused() throws IOException {
    ImageFile file = file(true);
    for (int[] range : List.of(new int[] {-1, 2}, new int[] {0, 5}, new int[] {2, 2})) {
      assertThatThrownBy(() -> new FileImages(file, range[0], range[1]))
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

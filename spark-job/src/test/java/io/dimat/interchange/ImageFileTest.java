package io.dimat.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.learn.Batch;
import io.dimat.network.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
  private static final float[] PIXELS = {1, 2, 3, 4, 5, 6};

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("images.safetensors");
  }

  @Test
  void read_labelledImages_areDealtInOrder() throws IOException {
    ImageFile images = read(images("[3,1,1,2]", PIXELS).longs("labels", "[3]", 0, 2, 1));

    assertThat(images.size()).isEqualTo(3);
    assertThat(images.shape()).isEqualTo(new Shape(1, 1, 2));
    assertThat(images.labelled()).isTrue();
    Batch first = images.batch(0, 2);
    assertThat(first.images()).containsExactly(1, 2, 3, 4);
    assertThat(first.labels()).containsExactly(0, 2);
    Batch last = images.batch(2, 1);
    assertThat(last.images()).containsExactly(5, 6);
    assertThat(last.labels()).containsExactly(1);
  }

  @Test
  void select_someImages_copiesThemInTheGivenOrder() throws IOException {
    ImageFile images = read(images("[3,1,1,2]", PIXELS).longs("labels", "[3]", 0, 2, 1));

    ImageFile chosen = images.select(new int[] {2, 0});

    assertThat(chosen.size()).isEqualTo(2);
    assertThat(chosen.labelled()).isTrue();
    assertThat(chosen.batch(0, 2).images()).containsExactly(5, 6, 1, 2);
    assertThat(chosen.batch(0, 2).labels()).containsExactly(1, 0);
    assertThatThrownBy(() -> images.select(new int[] {3}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void read_labelsOfAnyIntegerType_areEqual() throws IOException {
    ImageFile longs = read(images("[3,1,1,2]", PIXELS).longs("labels", "[3]", 2, 0, 1));
    ImageFile bytes =
        read(images("[3,1,1,2]", PIXELS).add("labels", "U8", "[3]", new byte[] {2, 0, 1}));

    assertThat(bytes).isEqualTo(longs).hasSameHashCodeAs(longs);
  }

  @Test
  void read_noLabels_allAreZeroAndItSaysSo() throws IOException {
    ImageFile images = read(images("[1,1,2,3]", PIXELS));

    assertThat(images.labelled()).isFalse();
    assertThat(images.batch(0, 1).labels()).containsExactly(0);
  }

  @Test
  void batch_changed_doesNotChangeTheFile() throws IOException {
    ImageFile images = read(images("[1,1,2,3]", PIXELS));
    images.batch(0, 1).images()[0] = 9;
    assertThat(images.batch(0, 1).images()[0]).isEqualTo(1);
    assertThatThrownBy(() -> images.batch(0, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> images.batch(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_wrongContent_namesTheRule() throws IOException {
    assertRefused(new RawTensors().floats("x", "[1]", 1f), "holds the tensors images");
    assertRefused(images("[1,1,2,3]", PIXELS).longs("label", "[1]", 0), "got images, label");
    assertRefused(images("[3,2]", PIXELS), "must have shape [n, c, h, w], each at least 1");
    assertRefused(images("[0,1,2,3]"), "each at least 1, got [0, 1, 2, 3]");
    RawTensors three = images("[3,1,1,2]", PIXELS);
    assertRefused(three.longs("labels", "[2]", 0, 1), "labels must have shape [3], got [2]");
    assertRefused(
        images("[1,1,2,3]", PIXELS).longs("labels", "[1]", 3),
        "labels must be from 0 to 2, label 0 is 3");
    assertRefused(images("[1,1,2,3]", PIXELS).longs("labels", "[1]", -1), "label 0 is -1");
    assertRefused(
        images("[1,1,2,3]", PIXELS).floats("labels", "[1]", 1f), "labels must have dtype");
    assertRefused(
        images("[3,1,1,2]", 1, 2, 3, Float.NaN, 5, 6), "images must be finite, image 1 holds NaN");
    assertRefused(images("[1,1,1,2]", 1, Float.NEGATIVE_INFINITY), "image 0 holds -Infinity");
    assertRefused(
        new RawTensors().add("images", "U8", "[1,1,1,2]", new byte[2]),
        "images must have dtype F16, BF16, F32, F64, got U8");
  }

  @Test
  void read_moreValuesThanAnArrayHolds_isRefusedUnread() throws IOException {
    long bytes = Integer.MAX_VALUE + 1L;
    String header =
        "{\"images\":{\"dtype\":\"F32\",\"shape\":[1,1,%d,1],\"data_offsets\":[0,%d]}}"
            .formatted(bytes, 4 * bytes);
    Files.write(file, RawTensors.file(header, new byte[0]));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(8 + header.length() + 4 * bytes);
    }

    assertThatThrownBy(() -> ImageFile.read(file, 3))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("images may have 2147483639 values")
        .hasMessageContaining("has 2147483648: take fewer images");
  }

  private static RawTensors images(String shape, float... pixels) {
    return new RawTensors().floats("images", shape, pixels);
  }

  private ImageFile read(RawTensors tensors) throws IOException {
    return ImageFile.read(tensors.write(file), 3);
  }

  private void assertRefused(RawTensors tensors, String rule) throws IOException {
    tensors.write(file);
    assertThatThrownBy(() -> ImageFile.read(file, 3))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(rule);
  }
}

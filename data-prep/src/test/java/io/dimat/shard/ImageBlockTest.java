package io.dimat.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.source.ImageShape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class ImageBlockTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 2);

  private static ImageBlock block(int images) {
    long[] indices = new long[images];
    int[] labels = new int[images];
    byte[] pixels = new byte[2 * images];
    for (int i = 0; i < images; i++) {
      indices[i] = 3L * i;
      labels[i] = i % 4;
      pixels[2 * i] = (byte) i;
      pixels[2 * i + 1] = (byte) -i;
    }
    return ImageBlock.of(SHAPE, indices, labels, pixels);
  }

  @Test
  void serialization_roundTrip_equal() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(block(9));
    }
    Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(read).isEqualTo(block(9)).hasSameHashCodeAs(block(9));
  }

  @Test
  void of_arraysChangedLater_blockIsNot() {
    long[] indices = {0};
    int[] labels = {1};
    byte[] pixels = {2, 3};
    ImageBlock block = ImageBlock.of(SHAPE, indices, labels, pixels);

    labels[0] = 9;
    pixels[0] = 9;
    indices[0] = 9;
    block.image(0)[0] = 9;

    assertThat(block)
        .isEqualTo(ImageBlock.of(SHAPE, new long[1], new int[] {1}, new byte[] {2, 3}));
  }

  @Test
  void sample_seeded_nestedSortedAndFaithful() {
    ImageBlock few = block(100).sample(10, 5);
    ImageBlock more = block(100).sample(30, 5);

    assertThat(few).isEqualTo(block(100).sample(10, 5)).isNotEqualTo(block(100).sample(10, 6));
    for (int i = 0; i < few.size(); i++) {
      int original = (int) few.index(i) / 3;
      assertThat(few.label(i)).isEqualTo(original % 4);
      assertThat(few.image(i)).containsExactly(original, -original);
      long wanted = few.index(i);
      assertThat(java.util.stream.IntStream.range(0, 30).anyMatch(j -> more.index(j) == wanted))
          .isTrue();
    }
  }

  @Test
  void sample_allOrMore_isTheBlock() {
    assertThat(block(5).sample(5, 1)).isEqualTo(block(5));
    assertThat(block(5).sample(50, 1)).isEqualTo(block(5));
  }

  @Test
  void of_invalid_refused() {
    assertThatThrownBy(() -> ImageBlock.of(SHAPE, new long[0], new int[0], new byte[0]))
        .hasMessageContaining("n >= 1");
    assertThatThrownBy(() -> ImageBlock.of(SHAPE, new long[1], new int[1], new byte[3]))
        .hasMessageContaining("got 1, 1 and 3");
    assertThatThrownBy(() -> ImageBlock.of(SHAPE, new long[] {4, 4}, new int[2], new byte[4]))
        .hasMessageContaining("got 4 after 4");
  }

  @Test
  void histogram_countsLabels() {
    assertThat(block(6).histogram(5)).containsExactly(2, 2, 1, 1, 0);
  }
}

package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.feed.ImageSet;
import io.dimat.interchange.RawTensors;
import io.dimat.network.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which images of a file are matched on and scored. */
class MergeImagesTest {
  private static final int CLASSES = 4;
  private static final int EACH = 50;

  /** A file needs no Spark. */
  private static final Session NONE = null;

  @TempDir Path folder;
  private MergeImages images;

  /** Image i holds the number i; the file is sorted by class. */
  @BeforeEach
  void write() throws IOException {
    int n = CLASSES * EACH;
    float[] numbers = new float[n];
    IntStream.range(0, n).forEach(i -> numbers[i] = i);
    Path file =
        new RawTensors()
            .floats("images", "[%d,1,1,1]".formatted(n), numbers)
            .longs(
                "labels", "[%d]".formatted(n), LongStream.range(0, n).map(i -> i / EACH).toArray())
            .write(folder.resolve("images.safetensors"));
    images = new MergeImages.InFile(file, new Shape(1, 1, 1));
  }

  private static float[] numbers(ImageSet set) {
    return set.batch(0, set.size()).images();
  }

  @Test
  void choose_sortedFile_drawsEveryClassAndNoImageTwice() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      MergeImages.Chosen chosen = images.choose(NONE, 80, 60, seed, CLASSES);

      assertThat(chosen.separate()).isTrue();
      ImageSet scored = chosen.scored().orElseThrow();
      for (ImageSet set : new ImageSet[] {chosen.probe(), scored}) {
        assertThat(Arrays.stream(set.batch(0, set.size()).labels()).distinct()).hasSize(CLASSES);
        assertThat(numbers(set)).doesNotHaveDuplicates();
      }
      assertThat(numbers(chosen.probe())).hasSize(80).doesNotContain(numbers(scored));
      assertThat(numbers(scored)).hasSize(60);
    }
  }

  @Test
  void choose_otherSeed_drawsOthers() throws IOException {
    float[] drawn = numbers(images.choose(NONE, 80, 0, 1, CLASSES).probe());

    assertThat(numbers(images.choose(NONE, 80, 0, 1, CLASSES).probe())).isEqualTo(drawn);
    float[] others = numbers(images.choose(NONE, 80, 0, 2, CLASSES).probe());
    Arrays.sort(drawn);
    Arrays.sort(others);
    assertThat(others).isNotEqualTo(drawn);
  }

  @Test
  void choose_probeOfAllImages_scoresThemAgain() throws IOException {
    MergeImages.Chosen chosen = images.choose(NONE, 1000, 0, 1, CLASSES);

    assertThat(chosen.separate()).isFalse();
    assertThat(chosen.probe().size()).isEqualTo(CLASSES * EACH);
    assertThat(chosen.scored().orElseThrow().size()).isEqualTo(CLASSES * EACH);
  }
}

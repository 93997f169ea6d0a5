package io.dimat.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StretchTest {
  private static final int BATCH = FeedSettings.FORWARD_BATCH;

  /** Image i of it holds the number i, and has label i. */
  private record Numbered(int size) implements ImageSet {
    @Override
    public Shape shape() {
      return new Shape(1, 1, 1);
    }

    @Override
    public boolean labelled() {
      return true;
    }

    @Override
    public Batch batch(int from, int to) {
      float[] images = new float[to - from];
      int[] labels = new int[to - from];
      Arrays.setAll(labels, i -> from + i);
      IntStream.range(0, labels.length).forEach(i -> images[i] = labels[i]);
      return new Batch(shape(), images, labels);
    }

    @Override
    public ImageSet fewer(int most) {
      return new Numbered(Math.min(most, size));
    }
  }

  private static List<Batch> batches(int images) {
    List<Batch> all = new ArrayList<>();
    Stretch.of(images).forEach(stretch -> stretch.of(new Numbered(images)).forEach(all::add));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 127, 128, 129, 255, 256, 257, 511, 512, 2047, 2048, 2049, 5000, 10007})
  void of_anySize_coversEveryImageOnceInOrder(int images) {
    int[] labels = batches(images).stream().flatMapToInt(b -> Arrays.stream(b.labels())).toArray();

    assertThat(labels).isEqualTo(IntStream.range(0, images).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 128, 129, 257, 640, 2049, 5000, 10007})
  void of_anySize_batchesAreAsFewAsWillDoAndEqualButForOneImage(int images) {
    List<Integer> sizes = batches(images).stream().map(Batch::size).toList();

    assertThat(sizes).hasSize((images + BATCH - 1) / BATCH).allMatch(size -> size <= BATCH);
    assertThat(sizes.stream().mapToInt(s -> s).max().orElseThrow())
        .isLessThanOrEqualTo(sizes.stream().mapToInt(s -> s).min().orElseThrow() + 1);
  }

  @Test
  void of_anySize_isBoundedInNumberAndDealtEvenly() {
    for (int images = 1; images < 40 * BATCH; images += 61) {
      List<Stretch> stretches = Stretch.of(images);

      assertThat(stretches).hasSizeBetween(1, Stretch.MOST);
      assertThat(stretches.stream().map(Stretch::index))
          .containsExactlyElementsOf(IntStream.range(0, stretches.size()).boxed().toList());
      assertThat(stretches.stream().mapToInt(Stretch::batchCount).min().orElseThrow())
          .isPositive()
          .isGreaterThanOrEqualTo(
              stretches.stream().mapToInt(Stretch::batchCount).max().orElseThrow() - 1);
    }
  }

  @Test
  void of_mostImagesAnArrayCanIndex_doesNotOverflow() {
    List<Stretch> stretches = Stretch.of(Integer.MAX_VALUE - 8);

    assertThat(stretches).hasSize(Stretch.MOST).allMatch(stretch -> stretch.batchCount() > 0);
    assertThat(stretches.stream().mapToInt(Stretch::batchCount).sum()).isEqualTo(1 << 24);
    int last = stretches.get(Stretch.MOST - 1).of(new Numbered(Integer.MAX_VALUE - 8)).images();
    assertThat(last).isEqualTo(1 << 27);
  }

  @Test
  void of_set_isReadAgainFromItsStart() {
    BatchSource source = Stretch.of(300).get(1).of(new Numbered(300));

    assertThat(source.images()).isEqualTo(100);
    assertThat(source.iterator().next().labels()[0]).isEqualTo(100);
    assertThat(source.iterator().next().labels()[0]).isEqualTo(100);
  }
}

package io.dimat.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.protocol.Seeds;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.source.ImageShape;
import io.dimat.source.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardDataTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);
  private static final ImageBlock TEST = block(0, 5);

  /** Image i of it has label i; all of its pixels are i mod 256. */
  private static ImageBlock block(long firstIndex, int images) {
    long[] indices = new long[images];
    int[] labels = new int[images];
    byte[] pixels = new byte[images * SHAPE.size()];
    for (int i = 0; i < images; i++) {
      indices[i] = firstIndex + i;
      labels[i] = i;
      Arrays.fill(pixels, i * SHAPE.size(), (i + 1) * SHAPE.size(), (byte) i);
    }
    return ImageBlock.of(SHAPE, indices, labels, pixels);
  }

  private static FeedSettings settings(Augmentation augmentation, int probeImages) {
    return new FeedSettings(
        new Normalization(List.of(0.0), List.of(1.0)), augmentation, probeImages, new Seeds(7));
  }

  private static ShardData data(int agent, int images) {
    return new ShardData(
        agent, block(0, images), TEST, Optional.empty(), settings(Augmentation.NONE, 40));
  }

  private static List<Integer> sizes(BatchSource batches) {
    List<Integer> sizes = new ArrayList<>();
    batches.forEach(batch -> sizes.add(batch.size()));
    return sizes;
  }

  private static List<Integer> labels(BatchSource batches) {
    List<Integer> labels = new ArrayList<>();
    batches.forEach(batch -> Arrays.stream(batch.labels()).forEach(labels::add));
    return labels;
  }

  private static List<Float> pixels(BatchSource batches) {
    List<Float> pixels = new ArrayList<>();
    for (Batch batch : batches) {
      for (float pixel : batch.images()) {
        pixels.add(pixel);
      }
    }
    return pixels;
  }

  private static List<Integer> upTo(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "127,1", "128,1", "129,2", "256,2", "257,3", "1000,8"})
  void test_anyNumberOfImages_fewestBatchesOfEqualSizeDealtInTurn(int images, int batches) {
    ShardData data =
        new ShardData(0, TEST, block(0, images), Optional.empty(), settings(Augmentation.NONE, 40));

    List<Integer> sizes = sizes(data.test());

    assertThat(sizes).hasSize(batches);
    assertThat(sizes).allMatch(size -> size == images / batches || size == images / batches + 1);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(images);
    assertThat(data.test().images()).isEqualTo(images);
    assertThat(labels(data.test())).containsExactlyInAnyOrderElementsOf(upTo(images));
    int first = 0;
    for (Batch batch : data.test()) {
      int place = first++;
      assertThat(batch.labels())
          .isEqualTo(IntStream.range(0, batch.size()).map(i -> place + i * batches).toArray());
    }
  }

  @Test
  void probe_129Images_noBatchOfOne() {
    ShardData data =
        new ShardData(0, block(0, 500), TEST, Optional.empty(), settings(Augmentation.NONE, 129));

    assertThat(sizes(data.probe(1))).containsExactly(65, 64);
  }

  @Test
  void training_lastBatch_isTheRest() {
    BatchSource training = data(0, 103).training(1, 0, 25);

    assertThat(sizes(training)).containsExactly(25, 25, 25, 25, 3);
    assertThat(training.images()).isEqualTo(103);
    assertThat(sizes(data(0, 103).training(1, 0, 500))).containsExactly(103);
  }

  @Test
  void training_order_isAShuffleOfTheShardWithItsPixels() {
    BatchSource training = data(0, 100).training(1, 0, 32);

    List<Integer> labels = labels(training);

    assertThat(labels).isNotEqualTo(upTo(100)).containsExactlyInAnyOrderElementsOf(upTo(100));
    List<Float> pixels = pixels(training);
    for (int i = 0; i < 100; i++) {
      assertThat(pixels.get(i * SHAPE.size())).isEqualTo(labels.get(i) / 255f);
    }
  }

  @Test
  void training_iteratedAgain_sameBatches() {
    FeedSettings augmented = settings(new Augmentation(1, Augmentation.Flip.HORIZONTAL), 40);
    BatchSource training =
        new ShardData(3, block(0, 60), TEST, Optional.empty(), augmented).training(2, 1, 16);
    BatchSource again =
        new ShardData(3, block(0, 60), TEST, Optional.empty(), augmented).training(2, 1, 16);

    assertThat(pixels(training)).isEqualTo(pixels(training)).isEqualTo(pixels(again));
    assertThat(labels(training)).isEqualTo(labels(again));
  }

  @Test
  void training_otherAgentRoundOrEpoch_otherOrder() {
    assertThat(
            List.of(
                labels(data(0, 100).training(1, 0, 32)),
                labels(data(1, 100).training(1, 0, 32)),
                labels(data(0, 100).training(2, 0, 32)),
                labels(data(0, 100).training(1, 1, 32))))
        .doesNotHaveDuplicates();
  }

  @Test
  void training_otherAgentRoundOrEpoch_otherAugmentation() {
    FeedSettings cropped = settings(new Augmentation(1, Augmentation.Flip.NEVER), 40);
    List<List<Boolean>> draws = new ArrayList<>();
    for (int[] at : new int[][] {{0, 1, 0}, {1, 1, 0}, {0, 2, 0}, {0, 1, 1}}) {
      ShardData data = new ShardData(at[0], block(0, 100), TEST, Optional.empty(), cropped);
      draws.add(blackPixelsByImage(data.training(at[1], at[2], 32)));
    }
    assertThat(draws).doesNotHaveDuplicates();
  }

  /** What the crop cut off, image by image in the order of labels: independent of the shuffle. */
  private static List<Boolean> blackPixelsByImage(BatchSource batches) {
    List<Integer> labels = labels(batches);
    List<Float> pixels = pixels(batches);
    Boolean[] black = new Boolean[pixels.size()];
    for (int i = 0; i < pixels.size(); i++) {
      int image = labels.get(i / SHAPE.size());
      black[image * SHAPE.size() + i % SHAPE.size()] = pixels.get(i) == 0;
    }
    return Arrays.asList(black);
  }

  @Test
  void probe_ownShard_seededSampleByAgentAndRound() {
    List<Integer> probe = labels(data(0, 200).probe(1));

    assertThat(probe).hasSize(40).doesNotHaveDuplicates().isSorted();
    assertThat(labels(data(0, 200).probe(1))).isEqualTo(probe);
    assertThat(labels(data(0, 200).probe(2))).isNotEqualTo(probe);
    assertThat(labels(data(1, 200).probe(1))).isNotEqualTo(probe);
  }

  @Test
  void probe_shardSmallerThanTheProbe_usedWholeAndNeverAugmented() {
    FeedSettings augmented = settings(new Augmentation(1, Augmentation.Flip.HORIZONTAL), 40);
    ShardData data = new ShardData(0, block(0, 12), TEST, Optional.empty(), augmented);

    assertThat(labels(data.probe(1))).isEqualTo(upTo(12));
    assertThat(pixels(data.probe(1)))
        .isEqualTo(
            IntStream.range(0, 12 * SHAPE.size())
                .map(i -> i / SHAPE.size())
                .mapToObj(pixel -> pixel / 255f)
                .toList());
  }

  @Test
  void probe_union_sameForAllAgents() {
    Optional<ImageBlock> union = Optional.of(block(1000, 90));
    FeedSettings settings = settings(Augmentation.NONE, 40);
    ShardData first = new ShardData(0, block(0, 30), TEST, union, settings);
    ShardData second = new ShardData(1, block(500, 70), TEST, union, settings);

    assertThat(labels(first.probe(3))).hasSize(40).isEqualTo(labels(second.probe(3)));
    assertThat(pixels(first.probe(3))).isEqualTo(pixels(second.probe(3)));
    assertThat(first.size()).isEqualTo(30);
    assertThat(sizes(first.training(1, 0, 64))).containsExactly(30);
  }

  @Test
  void iterator_pastTheEnd_refused() {
    Iterator<Batch> batches = data(0, 10).test().iterator();
    batches.next();

    assertThat(batches.hasNext()).isFalse();
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void settings_noProbeImages_refused() {
    assertThatThrownBy(() -> settings(Augmentation.NONE, 0))
        .hasMessageContaining("at least 1 image, got 0");
  }
}

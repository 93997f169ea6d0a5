package io.dimat.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.LocalSession;
import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.learn.Batches;
import io.dimat.protocol.Seeds;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.ImageSamples;
import io.dimat.source.ImageSource;
import io.dimat.source.Part;
import io.dimat.source.Sources;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A dataset whose order is by class serves as well as one that is shuffled. */
class SortedImagesTest {
  private static final int IMAGES = 512;
  private static final int CLASSES = 10;
  private static final ImageSource SOURCE = Sources.open(Sources.SAMPLE, Optional.empty());

  private static ImageBlock sorted;

  @BeforeAll
  static void sample() {
    ImageBlock block = ImageSamples.of(LocalSession.get(), SOURCE, Part.TRAIN, IMAGES, 3);
    sorted =
        rearranged(
            block,
            IntStream.range(0, IMAGES)
                .boxed()
                .sorted(Comparator.comparingInt(block::label))
                .mapToInt(i -> i)
                .toArray());
  }

  private static ImageBlock rearranged(ImageBlock block, int[] order) {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    Arrays.stream(order).forEach(i -> pixels.writeBytes(block.image(i)));
    return ImageBlock.of(
        block.shape(),
        IntStream.range(0, order.length).asLongStream().toArray(),
        Arrays.stream(order).map(block::label).toArray(),
        pixels.toByteArray());
  }

  /** As an agent reads them in a training round. */
  private static BatchSource ofAnAgent(ImageBlock block) {
    FeedSettings settings =
        new FeedSettings(SOURCE.info().normalization(), Augmentation.NONE, IMAGES, new Seeds(7));
    return new ShardData(0, block, block, Optional.empty(), settings).probe(1);
  }

  /** As a merge of model files reads them. */
  private static BatchSource ofAMerge(ImageBlock block, long seed) {
    ImageSet images = new BlockImages(block, SOURCE.info().normalization(), seed);
    List<Batch> batches = new ArrayList<>();
    Stretch.of(images.size()).forEach(stretch -> stretch.of(images).forEach(batches::add));
    return new Batches(batches);
  }

  @Test
  void batches_imagesSortedByClass_everyBatchHoldsEveryClass() {
    assertEveryClass(ofAnAgent(sorted));
    for (long seed = 0; seed < 20; seed++) {
      assertEveryClass(ofAMerge(sorted, seed));
    }
  }

  private static void assertEveryClass(BatchSource batches) {
    assertThat(batches)
        .hasSize(IMAGES / FeedSettings.FORWARD_BATCH)
        .allSatisfy(batch -> assertThat(Arrays.stream(batch.labels()).distinct()).hasSize(CLASSES));
  }
}

package io.dimat.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.LocalSpark;
import io.dimat.partition.DirichletPartitioner;
import io.dimat.partition.Division;
import io.dimat.partition.Selection;
import io.dimat.source.DataException;
import io.dimat.source.ImageSource;
import io.dimat.source.Part;
import io.dimat.source.Sources;
import io.dimat.source.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSamplesTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir static Path folder;
  private static ImageSource mnist;
  private static Shards shards;

  @BeforeAll
  static void write() throws IOException {
    TestFiles.idx(folder, "train", 400, 400);
    TestFiles.idx(folder, "t10k", 40, 40);
    mnist = Sources.open("mnist", Optional.of(folder.toString()));
    Division uneven =
        new Division(new DirichletPartitioner(0.5, 5), 4, new Selection(0, Selection.ALL), 3);
    shards = new ShardWriter(SPARK, folder + "/shards", mnist, uneven).write();
  }

  @Test
  void of_anySourceSizeAndSeed_isTheBlocksOwnSample() throws Exception {
    for (int file = 1; file <= 5; file++) {
      Files.write(
          folder.resolve("data_batch_" + file + ".bin"),
          TestFiles.cifar(9, 50 * file, new byte[][] {{1}, {2}, {7}}));
    }
    ImageSource pieces = Sources.open("cifar10", Optional.of(folder.toString()));
    ImageBlock whole = ImageSamples.of(SPARK, pieces, Part.TRAIN, 0, 1);
    assertThat(whole.size()).isEqualTo(45);

    for (int seed = 0; seed < 4; seed++) {
      for (int images : new int[] {1, 7, 44, 45, 1000}) {
        assertThat(ImageSamples.of(SPARK, pieces, Part.TRAIN, images, seed))
            .isEqualTo(whole.sample(images, seed));
      }
    }
  }

  @Test
  void of_all_everyImageOfThePart() {
    ImageBlock test = ImageSamples.of(SPARK, mnist, Part.TEST, 0, 1);

    assertThat(test).isEqualTo(shards.test());
  }

  @Test
  void of_brokenRecord_itsLineOnly() throws Exception {
    Files.write(folder.resolve("test.bin"), TestFiles.cifar(3, 0, new byte[] {1, 100}));
    ImageSource broken = Sources.open("cifar100", Optional.of(folder.toString()));

    assertThatThrownBy(() -> ImageSamples.of(SPARK, broken, Part.TEST, 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("labels are below 100");
  }

  @Test
  void of_negative_refused() {
    assertThatThrownBy(() -> ImageSamples.of(SPARK, mnist, Part.TEST, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a sample has at least 1 image, or 0 for all, got -1");
  }

  @Test
  void ofShards_fewTraining_evenlyFromAllAgents() {
    ImageBlock sample = ImageSamples.of(SPARK, shards, Part.TRAIN, 18, 5);

    assertThat(sample.size()).isEqualTo(18);
    assertThat(perAgent(sample)).containsExactly(5, 5, 4, 4);
    assertThat(ImageSamples.of(SPARK, shards, Part.TRAIN, 18, 5)).isEqualTo(sample);
    assertThat(ImageSamples.of(SPARK, shards, Part.TRAIN, 18, 6)).isNotEqualTo(sample);
  }

  @Test
  void ofShards_fewerImagesThanAgents_firstAgentsGiveOneEach() {
    assertThat(perAgent(ImageSamples.of(SPARK, shards, Part.TRAIN, 3, 5)))
        .containsExactly(1, 1, 1, 0);
  }

  @Test
  void ofShards_all_theDataset() {
    assertThat(ImageSamples.of(SPARK, shards, Part.TRAIN, 0, 5))
        .isEqualTo(ImageSamples.of(SPARK, mnist, Part.TRAIN, 0, 5));
  }

  @Test
  void ofShards_test_asSampledFromTheSource() {
    assertThat(ImageSamples.of(SPARK, shards, Part.TEST, 12, 5))
        .isEqualTo(ImageSamples.of(SPARK, mnist, Part.TEST, 12, 5));
  }

  private static int[] perAgent(ImageBlock sample) {
    return IntStream.range(0, 4)
        .map(
            agent -> {
              ImageBlock own = shards.train(agent);
              return (int)
                  IntStream.range(0, sample.size())
                      .filter(i -> holds(own, sample.index(i)))
                      .count();
            })
        .toArray();
  }

  private static boolean holds(ImageBlock block, long index) {
    return IntStream.range(0, block.size()).anyMatch(i -> block.index(i) == index);
  }
}

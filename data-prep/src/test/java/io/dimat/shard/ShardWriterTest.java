package io.dimat.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.LocalSpark;
import io.dimat.partition.DirichletPartitioner;
import io.dimat.partition.Division;
import io.dimat.partition.IidPartitioner;
import io.dimat.partition.Selection;
import io.dimat.source.DataException;
import io.dimat.source.ImageSource;
import io.dimat.source.Sources;
import io.dimat.source.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardWriterTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final Division WITH_VALIDATION =
      new Division(new DirichletPartitioner(1, 5), 3, new Selection(0.1, 300), 11);

  private static final Selection WITH_ALL = new Selection(0, Selection.ALL);

  @TempDir static Path shared;
  @TempDir Path folder;
  private static ImageSource source;
  private static Shards shards;

  @BeforeAll
  static void write() throws IOException {
    TestFiles.idx(shared, "train", 500, 500);
    TestFiles.idx(shared, "t10k", 40, 40);
    source = Sources.open("mnist", Optional.of(shared.toString()));
    shards = new ShardWriter(SPARK, shared + "/shards", source, WITH_VALIDATION).write();
  }

  private static List<Long> indices(ImageBlock block) {
    return LongStream.range(0, block.size()).map(i -> block.index((int) i)).boxed().toList();
  }

  @Test
  void write_trainAndValidation_disjointBalancedAndFaithful() {
    List<Long> all = new ArrayList<>(indices(shards.validation().orElseThrow()));
    assertThat(all).hasSize(50);
    for (int agent = 0; agent < 3; agent++) {
      ImageBlock block = shards.train(agent);
      assertThat(block.size()).isGreaterThanOrEqualTo(5);
      all.addAll(indices(block));
      for (int i = 0; i < block.size(); i++) {
        assertThat(block.label(i)).isEqualTo((int) (block.index(i) % 10));
        assertThat(block.image(i)[9]).isEqualTo((byte) (block.index(i) + 9));
      }
    }
    assertThat(all).hasSize(350);
    assertThat(new TreeSet<>(all)).hasSize(350);
  }

  @Test
  void write_manifest_describesTheBlocks() {
    ShardManifest manifest = shards.manifest();

    assertThat(manifest.spec().dataset()).isEqualTo(source.info());
    assertThat(manifest.spec().parameters()).containsEntry("alpha", "1.0");
    assertThat(manifest.test().count()).isEqualTo(40);
    assertThat(manifest.test().histogram()).containsOnly(4);
    assertThat(manifest.agents().stream().mapToInt(BlockFile::count).sum()).isEqualTo(300);
    assertThat(manifest.agents()).extracting(BlockFile::sha256).doesNotHaveDuplicates();
  }

  @Test
  void train_rdd_partitionIHoldsAgentIsOneBlock() {
    var train = shards.train(SPARK).persist(StorageLevel.MEMORY_AND_DISK());

    List<List<ImageBlock>> partitions = train.glom().collect();

    assertThat(partitions).hasSize(3);
    for (int agent = 0; agent < 3; agent++) {
      assertThat(partitions.get(agent)).containsExactly(shards.train(agent));
    }
    train.unpersist();
  }

  @Test
  void test_read_allTestImages() {
    assertThat(shards.test().size()).isEqualTo(40);
    assertThat(shards.test()).isEqualTo(shards.test());
  }

  @Test
  void write_sameSeedElsewhere_sameManifestButForFileNames() {
    Shards again = new ShardWriter(SPARK, folder.toString(), source, WITH_VALIDATION).write();

    assertThat(again.manifest().agents())
        .extracting(BlockFile::sha256)
        .isEqualTo(shards.manifest().agents().stream().map(BlockFile::sha256).toList());
    assertThat(again.manifest().test().sha256()).isEqualTo(shards.manifest().test().sha256());
    assertThat(again.manifest().spec()).isEqualTo(shards.manifest().spec());
  }

  @Test
  void write_finishedFolder_refused() {
    assertThatThrownBy(
            () -> new ShardWriter(SPARK, shards.folder(), source, WITH_VALIDATION).write())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("never overwritten");
  }

  @Test
  void openOrWrite_sameSpec_opens() {
    Shards opened = new ShardWriter(SPARK, shards.folder(), source, WITH_VALIDATION).openOrWrite();

    assertThat(opened.manifest()).isEqualTo(shards.manifest());
  }

  @Test
  void openOrWrite_otherSpec_refusalNamesTheDifference() {
    Division other = new Division(new IidPartitioner(), 3, new Selection(0.1, 300), 12);

    assertThatThrownBy(() -> new ShardWriter(SPARK, shards.folder(), source, other).openOrWrite())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("partitioner=dirichlet, wanted iid")
        .hasMessageContaining("seed=11, wanted 12");
  }

  @Test
  void open_unfinishedFolder_saysSoAndIsWrittenAnew() throws IOException {
    Files.createDirectories(folder.resolve("train/agent=0"));
    Files.writeString(folder.resolve("train/agent=0/left.parquet"), "half");
    Files.createDirectories(folder.resolve("validation"));
    Files.writeString(folder.resolve(ShardFolder.MARKER), "");

    assertThatThrownBy(() -> Shards.open(SPARK, folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("never finished");
    Division iid = new Division(new IidPartitioner(), 2, new Selection(0, 40), 1);
    Shards written = new ShardWriter(SPARK, folder.toString(), source, iid).openOrWrite();
    assertThat(written.train(0).size()).isEqualTo(20);
    assertThat(written.validation()).isEmpty();
    assertThat(folder.resolve("validation")).doesNotExist();
    assertThat(folder.resolve("train/agent=0/left.parquet")).doesNotExist();
  }

  @Test
  void write_foreignFolder_refusedAndUntouched() throws IOException {
    Path foreign = Files.createDirectories(folder.resolve("train")).resolve("mine.parquet");
    Files.writeString(foreign, "mine");
    ShardWriter writer = new ShardWriter(SPARK, folder.toString(), source, WITH_VALIDATION);

    for (String manifest : new String[] {"", "{\"name\": \"my web page\"}"}) {
      Files.writeString(folder.resolve(ManifestFile.NAME), manifest);
      assertThatThrownBy(writer::openOrWrite)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("no _DIMAT_SHARDS; choose another folder or empty it");
      assertThat(foreign).hasContent("mine");
      assertThat(folder.resolve(ManifestFile.NAME)).hasContent(manifest);
    }
  }

  @Test
  void write_killedBeforeTheFirstParquet_markerIsThere() {
    Path place = folder.resolve("shards");
    Division impossible = new Division(new DirichletPartitioner(1, 5), 300, WITH_ALL, 11);

    assertThatThrownBy(
            () -> new ShardWriter(SPARK, place.toString(), source, impossible).openOrWrite())
        .isInstanceOf(DataException.class);

    assertThat(place.resolve(ShardFolder.MARKER)).exists();
    assertThat(place.resolve("train")).doesNotExist();
  }

  @Test
  void openOrWrite_tornManifest_writtenAnew() throws IOException {
    Division iid = new Division(new IidPartitioner(), 2, new Selection(0.1, 40), 1);
    ShardWriter writer = new ShardWriter(SPARK, folder.toString(), source, iid);
    ShardManifest whole = writer.write().manifest();
    Path file = folder.resolve(ManifestFile.NAME);
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, bytes.length / 2}) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length)); // its .crc file tells, too

      assertThatThrownBy(() -> Shards.open(SPARK, folder.toString()))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("damaged");
      ShardManifest again = writer.openOrWrite().manifest();
      assertThat(again.spec()).isEqualTo(whole.spec());
      assertThat(again.agents())
          .extracting(BlockFile::sha256)
          .isEqualTo(whole.agents().stream().map(BlockFile::sha256).toList());
    }
  }

  @Test
  void open_changedManifest_refused() throws IOException {
    Path manifest = Path.of(shared + "/shards", ManifestFile.NAME);
    String text = Files.readString(manifest).replace("\"seed\" : 11", "\"seed\" : 12");
    Files.writeString(folder.resolve(ManifestFile.NAME), text);

    assertThatThrownBy(() -> Shards.open(SPARK, folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void train_changedBlock_refused() throws IOException {
    Path manifest = Path.of(shared + "/shards", ManifestFile.NAME);
    Files.copy(manifest, folder.resolve(ManifestFile.NAME));
    String mine = shards.manifest().agents().get(0).file();
    String other = shards.manifest().agents().get(1).file();
    Files.createDirectories(folder.resolve(mine).getParent());
    Files.copy(Path.of(shared + "/shards", other), folder.resolve(mine));

    assertThatThrownBy(() -> Shards.open(SPARK, folder.toString()).train(0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("changed or damaged");
  }

  @Test
  void train_missingBlock_refused() throws IOException {
    Files.copy(Path.of(shared + "/shards", ManifestFile.NAME), folder.resolve(ManifestFile.NAME));

    assertThatThrownBy(() -> Shards.open(SPARK, folder.toString()).train(0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void write_testFilesMissing_refusedBeforeAnythingIsWritten() throws IOException {
    TestFiles.idx(folder, "train", 30, 30);
    ImageSource half = Sources.open("mnist", Optional.of(folder.toString()));

    assertThatThrownBy(
            () -> new ShardWriter(SPARK, folder + "/shards", half, WITH_VALIDATION).write())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("t10k-images-idx3-ubyte");
    assertThat(folder.resolve("shards")).doesNotExist();
  }

  @Test
  void open_unknownFileSystem_refused() {
    assertThatThrownBy(() -> Shards.open(SPARK, "nosuch://bucket/shards"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nosuch");
  }

  @Test
  void write_badLabelInSource_itsOneLineSurfaces() throws IOException {
    TestFiles.idx(folder, "train", 30, 30);
    TestFiles.idx(folder, "t10k", 30, 30);
    byte[] labels = Files.readAllBytes(folder.resolve("train-labels-idx1-ubyte"));
    labels[9] = 99;
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels);
    ImageSource bad = Sources.open("mnist", Optional.of(folder.toString()));

    assertThatThrownBy(
            () -> new ShardWriter(SPARK, folder + "/shards", bad, WITH_VALIDATION).write())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels are below 10, record 1");
  }

  @Test
  void histogramTable_lists_everyAgentAndClass() {
    String table = new HistogramTable(shards.manifest()).toString();

    assertThat(table.lines()).hasSize(4);
    assertThat(table.lines().findFirst().orElseThrow()).startsWith("agent  images  skew   0   1");
  }
}

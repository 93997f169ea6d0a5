package io.dimat.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.LocalSpark;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxSourceTest {
  @TempDir Path folder;

  private List<Row> read() {
    return Sources.open("mnist", Optional.of(folder.toString()))
        .read(LocalSpark.session(), Part.TRAIN)
        .collectAsList();
  }

  @Test
  void read_plainFiles_indexLabelPixels() throws Exception {
    TestFiles.idx(folder, "train", 25, 25);

    List<Row> rows = read();

    assertThat(rows).hasSize(25);
    assertThat(rows.get(13).getLong(0)).isEqualTo(13);
    assertThat(rows.get(13).getInt(1)).isEqualTo(3);
    byte[] pixels = rows.get(13).getAs(2);
    assertThat(pixels).hasSize(784).startsWith(13, 14, 15);
  }

  @Test
  void read_manyTasks_sameRowsAsOneTask() throws Exception {
    TestFiles.idx(folder, "train", 25_000, 25_000);

    var table =
        Sources.open("mnist", Optional.of(folder.toString()))
            .read(LocalSpark.session(), Part.TRAIN);

    assertThat(table.rdd().getNumPartitions()).isGreaterThan(1);
    List<Row> rows = table.select("index", "label", "pixels").collectAsList();
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).getLong(0)).isEqualTo(i);
      assertThat(rows.get(i).<byte[]>getAs(2)[5]).isEqualTo((byte) (i + 5));
    }
  }

  @Test
  void read_gzipFiles_sameAsPlain() throws Exception {
    TestFiles.gzip(folder.resolve("train-images-idx3-ubyte.gz"), TestFiles.idxImages(25, 28));
    TestFiles.gzip(folder.resolve("train-labels-idx1-ubyte.gz"), TestFiles.idxLabels(25));

    assertThat(read()).hasSize(25);
  }

  @Test
  void read_emptyFolder_namesTheFiles() {
    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte (or train-images-idx3-ubyte.gz)")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void read_missingFolder_namesTheFiles() {
    assertThatThrownBy(
            () ->
                Sources.open("mnist", Optional.of(folder + "/nowhere"))
                    .read(LocalSpark.session(), Part.TRAIN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-images-idx3-ubyte")
        .hasMessageContaining("nowhere");
  }

  @Test
  void read_unknownFileSystem_saysSo() {
    assertThatThrownBy(
            () ->
                Sources.open("mnist", Optional.of("nosuch://bucket/mnist"))
                    .read(LocalSpark.session(), Part.TRAIN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nosuch");
  }

  @Test
  void read_truncatedImages_expectedAndGot() throws Exception {
    TestFiles.idx(folder, "train", 25, 25);
    Path images = folder.resolve("train-images-idx3-ubyte");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 1000));

    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must have 19616 bytes by its header, it has 1000");
  }

  @Test
  void read_truncatedHeader_saysSo() throws Exception {
    TestFiles.idx(folder, "train", 25, 25);
    Files.write(folder.resolve("train-images-idx3-ubyte"), new byte[] {0, 0, 8, 3, 0});

    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("ends inside its header of 16 bytes");
  }

  @Test
  void read_truncatedGzip_expectedAndGot() throws Exception {
    byte[] images = TestFiles.idxImages(25, 28);
    TestFiles.gzip(
        folder.resolve("train-images-idx3-ubyte.gz"), Arrays.copyOf(images, 16 + 784 * 7 + 3));
    TestFiles.gzip(folder.resolve("train-labels-idx1-ubyte.gz"), TestFiles.idxLabels(25));

    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must have 19616 bytes by its header, it has 5507");
  }

  @Test
  void read_gzipWithBytesLeftOver_expectedAndGot() throws Exception {
    TestFiles.gzip(folder.resolve("train-images-idx3-ubyte.gz"), TestFiles.idxImages(25, 28));
    TestFiles.gzip(
        folder.resolve("train-labels-idx1-ubyte.gz"), Arrays.copyOf(TestFiles.idxLabels(25), 34));

    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must have 33 bytes by its header, it has 34");
  }

  @Test
  void rows_fileShrunkSinceItWasChecked_saysAtWhichRecord() throws Exception {
    RecordFile images = file("images", new ByteArrayInputStream(new byte[4 * 7 + 3]));
    RecordFile labels = file("labels", new ByteArrayInputStream(new byte[25]));
    ImageRows rows = ImageRows.all(range(), IdxSource.open(range(), images, labels, 4, 10));
    for (int i = 0; i < 7; i++) {
      rows.next();
    }

    assertThatThrownBy(rows::next)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("images ends at record 7 of 25");
  }

  @Test
  void open_labelsCannotBeOpened_imagesAreClosed() {
    AtomicInteger closed = new AtomicInteger();
    RecordFile images =
        file(
            "images",
            new ByteArrayInputStream(new byte[100]) {
              @Override
              public void close() {
                closed.incrementAndGet();
              }
            });
    RecordFile labels = file("labels", null);

    assertThatThrownBy(() -> IdxSource.open(range(), images, labels, 4, 10))
        .isInstanceOf(IOException.class);
    assertThat(closed).hasValue(1);
  }

  private static RecordRange range() {
    return RecordRange.whole(0, 25, 0).get(0);
  }

  /** A file of one stream, that cannot be opened if there is none. */
  private static RecordFile file(String name, InputStream content) {
    return new RecordFile() {
      private static final long serialVersionUID = 1L;

      @Override
      public String name() {
        return name;
      }

      @Override
      public OptionalLong length() {
        return OptionalLong.empty();
      }

      @Override
      public InputStream open(long offset) throws IOException {
        if (content == null) {
          throw new IOException("no access to " + name);
        }
        return content;
      }
    };
  }

  @Test
  void read_foreignFile_magicExpectedAndGot() throws Exception {
    TestFiles.idx(folder, "train", 25, 25);
    Files.write(folder.resolve("train-images-idx3-ubyte"), TestFiles.idxLabels(25));

    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("0x00000803")
        .hasMessageContaining("0x00000801");
  }

  @Test
  void read_otherImageSize_refused() throws Exception {
    TestFiles.idx(folder, "train", 25, 25);
    Files.write(folder.resolve("train-images-idx3-ubyte"), TestFiles.idxImages(25, 32));

    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1x28x28")
        .hasMessageContaining("32 x 32");
  }

  @Test
  void read_countsDiffer_bothNamed() throws Exception {
    TestFiles.idx(folder, "train", 25, 24);

    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("25 images")
        .hasMessageContaining("24 labels");
  }

  @Test
  void read_labelOutOfRange_recordAndValue() throws Exception {
    TestFiles.idx(folder, "train", 25, 25);
    byte[] labels = TestFiles.idxLabels(25);
    labels[8 + 4] = 77;
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels);

    assertThatThrownBy(this::read)
        .satisfies(
            e ->
                assertThat(DataException.behind(e).orElseThrow())
                    .hasMessageContaining("labels are below 10, record 4")
                    .hasMessageContaining("has 77"));
  }
}

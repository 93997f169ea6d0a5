package io.dimat.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.LocalSpark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopArchiveTest {
  private static final byte[][] FINE = {{3, 99}, {19, 0}};

  @TempDir Path folder;

  private List<Row> read(String dataset, Part part) {
    return Sources.open(dataset, Optional.of(folder + "/a.tar.gz"))
        .read(LocalSpark.session(), part)
        .collectAsList();
  }

  private void write(byte[] tar) throws IOException {
    TestFiles.gzip(folder.resolve("a.tar.gz"), tar);
  }

  private static byte[] tar(Entry... entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Entry entry : entries) {
        TarArchiveEntry header = new TarArchiveEntry(entry.name, entry.type, true);
        header.setSize(entry.content.length);
        tar.putArchiveEntry(header);
        tar.write(entry.content);
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  /** A file of an archive, or something that poses as one. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(String name, byte type, byte[] content) {
    static Entry file(String name, byte[] content) {
      return new Entry(name, TarConstants.LF_NORMAL, content);
    }
  }

  private static byte[] header(String name, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    byte[] block = new byte[512];
    entry.writeEntryHeader(block, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
    return block;
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> read("cifar100", Part.TEST))
        .satisfies(
            e ->
                assertThat(DataException.behind(e).orElseThrow().getMessage())
                    .contains(parts)
                    .doesNotContain("\n"));
  }

  @Test
  void read_cifar10Archive_sameRowsAsTheFolder() throws Exception {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("cifar-10-batches-bin/", TarConstants.LF_DIR, new byte[0]));
    entries.add(Entry.file("cifar-10-batches-bin/größe.txt", new byte[] {1, 2, 3}));
    for (int file : new int[] {3, 1, 5, 4, 2}) {
      byte[] records = TestFiles.cifar(file, 10 * file, new byte[] {(byte) file});
      Files.write(folder.resolve("data_batch_" + file + ".bin"), records);
      entries.add(Entry.file("cifar-10-batches-bin/data_batch_" + file + ".bin", records));
    }
    write(tar(entries.toArray(Entry[]::new)));

    List<Row> rows = read("cifar10", Part.TRAIN);

    List<Row> plain =
        Sources.open("cifar10", Optional.of(folder.toString()))
            .read(LocalSpark.session(), Part.TRAIN)
            .collectAsList();
    assertThat(rows).hasSize(15).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/test.bin", "../test.bin", "a/../../test.bin", "a\\..\\test.bin"})
  void read_pathThatLeavesTheArchive_refused(String name) throws Exception {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    byte[] block = new byte[512];
    entry.writeEntryHeader(block);
    write(block);

    assertRefused("relative paths without ..", name);
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6', '7', 'S', 'L', 'K'}) // links, devices, GNU's own
  void read_entryThatIsNoPlainFile_refused(char type) throws Exception {
    write(tar(new Entry("test.bin", (byte) type, new byte[0])));

    assertRefused("holds plain files and folders", "test.bin of type '" + type + "'");
  }

  @Test
  void read_fileAboveTheLimit_refusedByItsHeaderAlone() throws Exception {
    write(header("test.bin", TarStream.MOST_FILE_BYTES + 1));

    assertRefused("at most 167772160 bytes", "has 167772161");
  }

  @Test
  void read_fileOfMoreThanOctalDigitsTell_refused() throws Exception {
    write(header("test.bin", 1L << 40));

    assertRefused("test.bin in ", "has no readable size");
  }

  @Test
  void next_manyFilesAboveTheLimit_refusedBeforeTheyAreRead() throws Exception {
    byte[] large = header("some.bin", TarStream.MOST_FILE_BYTES);
    Zeros zeros = new Zeros(TarStream.MOST_FILE_BYTES);
    InputStream in =
        new SequenceInputStream(
            new SequenceInputStream(new ByteArrayInputStream(large), zeros),
            new ByteArrayInputStream(large));

    assertThatThrownBy(
            () -> {
              try (TarStream tar = new TarStream(in, "bomb")) {
                tar.next();
                tar.next();
              }
            })
        .isInstanceOf(DataException.class)
        .hasMessageContaining("unpacks to at most 268435456 bytes, bomb has more");
  }

  @Test
  void next_endlessZerosAfterTheEnd_fewAreRead() throws Exception {
    Zeros zeros = new Zeros(Long.MAX_VALUE);

    try (TarStream tar = new TarStream(zeros, "bomb")) {
      assertThat(tar.next()).isEmpty();
    }

    assertThat(Long.MAX_VALUE - zeros.left).isLessThan(2 << 20);
  }

  @Test
  void read_truncatedAnywhere_refused() throws Exception {
    byte[] records = new byte[5 * 3074];
    for (int i = 0; i < records.length; i++) {
      records[i] = (byte) (i % 3074 < 2 ? 1 : i * i / 11); // hard to pack, so cuts fall inside
    }
    write(tar(Entry.file("cifar-100-binary/test.bin", records)));
    assertThat(read("cifar100", Part.TEST)).hasSize(5);
    byte[] packed = Files.readAllBytes(folder.resolve("a.tar.gz"));

    for (int length = 0; length < packed.length; length += 1 + packed.length / 23) {
      Files.write(folder.resolve("a.tar.gz"), Arrays.copyOf(packed, length));

      assertRefused("a.tar.gz");
    }
  }

  @Test
  void read_tarThatEndsInsideAFile_refused() throws Exception {
    byte[] whole = tar(Entry.file("test.bin", TestFiles.cifar(4, 0, FINE)));
    write(Arrays.copyOf(whole, 5000));

    assertRefused("a.tar.gz");
  }

  @Test
  void next_flippedBits_readsOrRefusesButNeverElse() throws Exception {
    byte[] whole = tar(Entry.file("a/test.bin", new byte[600]), Entry.file("b", new byte[3]));
    for (int bit = 0; bit < 8 * 512; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));

      assertThatCode(
              () -> {
                try (TarStream tar = new TarStream(new ByteArrayInputStream(damaged), "damaged")) {
                  while (tar.next().isPresent()) {
                    tar.readAllBytes();
                  }
                } catch (DataException refused) {
                  assertThat(refused).hasMessageContaining("damaged");
                }
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void read_noTar_refused() throws Exception {
    write(
        "a text that is long enough to be a header. "
            .repeat(30)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertRefused("is no tar archive");
  }

  @Test
  void read_noGzip_refused() throws Exception {
    Files.write(folder.resolve("a.tar.gz"), tar(Entry.file("test.bin", new byte[3074])));

    assertRefused("Not in GZIP format");
  }

  @Test
  void read_noArchive_saysWhere() {
    assertRefused("cifar100 has no archive", "a.tar.gz");
  }

  @Test
  void read_fileMissing_namesIt() throws Exception {
    write(tar(Entry.file("cifar-100-python/test", new byte[3])));

    assertRefused("needs the file test.bin", "binary version");
  }

  @Test
  void read_fileTwice_refused() throws Exception {
    byte[] records = TestFiles.cifar(2, 0, FINE);
    write(tar(Entry.file("a/test.bin", records), Entry.file("b/test.bin", records)));

    assertRefused("has test.bin twice");
  }

  @Test
  void read_noWholeRecords_refused() throws Exception {
    write(tar(Entry.file("a/test.bin", new byte[3073])));

    assertRefused("a/test.bin in ", "must be a multiple of 3074 bytes, it has 3073");
  }

  /** Zeros that cost no time to skip. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      int n = (int) Math.min(left, length);
      Arrays.fill(to, offset, offset + n, (byte) 0);
      left -= n;
      return n == 0 ? -1 : n;
    }

    @Override
    public long skip(long n) {
      long skipped = Math.min(n, left);
      left -= skipped;
      return skipped;
    }
  }
}

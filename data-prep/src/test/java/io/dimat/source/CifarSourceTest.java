package io.dimat.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {
  private static final byte[][] FINE = {{3, 99}, {19, 0}, {0, 42}};

  @TempDir Path folder;

  private List<Row> read(String dataset, Part part) {
    return Sources.open(dataset, Optional.of(folder.toString()))
        .read(LocalSpark.session(), part)
        .collectAsList();
  }

  @Test
  void read_cifar100_fineLabelAndPixels() throws Exception {
    Files.write(folder.resolve("test.bin"), TestFiles.cifar(7, 0, FINE));

    List<Row> rows = read("cifar100", Part.TEST);

    assertThat(rows).extracting(row -> row.getInt(1)).containsExactly(99, 0, 42, 99, 0, 42, 99);
    byte[] pixels = rows.get(5).getAs(2);
    assertThat(pixels).hasSize(3072).startsWith(5, 6);
  }

  @Test
  void read_cifar100Gzip_sameAsPlain() throws Exception {
    TestFiles.gzip(folder.resolve("test.bin.gz"), TestFiles.cifar(7, 0, FINE));

    assertThat(read("cifar100", Part.TEST)).hasSize(7);
  }

  @Test
  void read_cifar10_indicesRunThroughTheFiveFiles() throws Exception {
    for (int file = 1; file <= 5; file++) {
      Files.write(
          folder.resolve("data_batch_" + file + ".bin"),
          TestFiles.cifar(4, 4 * (file - 1), new byte[] {(byte) file}));
    }

    List<Row> rows = read("cifar10", Part.TRAIN);

    assertThat(rows).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(rows.get(i).getLong(0)).isEqualTo(i);
      assertThat(rows.get(i).getInt(1)).isEqualTo(1 + i / 4);
      assertThat(rows.get(i).<byte[]>getAs(2)[0]).isEqualTo((byte) i);
    }
  }

  @Test
  void read_cifar10FileMissing_namesIt() throws Exception {
    Files.write(folder.resolve("data_batch_1.bin"), TestFiles.cifar(4, 0, new byte[] {1}));

    assertThatThrownBy(() -> read("cifar10", Part.TRAIN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_2.bin");
  }

  @Test
  void read_truncated_expectedAndGot() throws Exception {
    byte[] whole = TestFiles.cifar(7, 0, FINE);
    Files.write(folder.resolve("test.bin"), Arrays.copyOf(whole, whole.length - 100));

    assertThatThrownBy(() -> read("cifar100", Part.TEST))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be a multiple of 3074 bytes, it has 21418")
        .hasMessageContaining("6 whole records");
  }

  @Test
  void read_empty_refused() throws Exception {
    Files.write(folder.resolve("test.bin"), new byte[0]);

    assertThatThrownBy(() -> read("cifar100", Part.TEST))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it has 0");
  }

  @Test
  void read_fineLabelOutOfRange_refused() throws Exception {
    Files.write(folder.resolve("test.bin"), TestFiles.cifar(2, 0, new byte[] {1, 100}));

    assertThatThrownBy(() -> read("cifar100", Part.TEST))
        .satisfies(
            e ->
                assertThat(DataException.behind(e).orElseThrow())
                    .hasMessageContaining("labels are below 100, record 0")
                    .hasMessageContaining("has 100"));
  }

  @Test
  void read_coarseLabelOutOfRange_refused() throws Exception {
    Files.write(folder.resolve("test.bin"), TestFiles.cifar(2, 0, new byte[] {20, 1}));

    assertThatThrownBy(() -> read("cifar100", Part.TEST))
        .satisfies(
            e ->
                assertThat(DataException.behind(e).orElseThrow())
                    .hasMessageContaining("coarse labels are below 20, record 0"));
  }
}

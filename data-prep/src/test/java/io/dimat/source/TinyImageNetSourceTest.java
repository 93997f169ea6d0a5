package io.dimat.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.LocalSpark;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyImageNetSourceTest {
  private static final String CAT_10 = "train/n02124075/images/n02124075_10.JPEG";

  @TempDir Path folder;
  private TinyImageNetFiles files;

  @BeforeEach
  void write() throws Exception {
    files = new TinyImageNetFiles(folder);
  }

  private ImageSource open() {
    return Sources.open("tiny-imagenet", Optional.of(folder.toString()));
  }

  private List<Row> read(Part part) {
    return open().read(LocalSpark.session(), part).collectAsList();
  }

  private static void assertUniform(Row row, int... channels) {
    byte[] pixels = row.getAs(2);
    assertThat(pixels).hasSize(3 * 4096);
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i] & 0xff).isBetween(channels[i / 4096] - 3, channels[i / 4096] + 3);
    }
  }

  private static void assertFault(ThrowingCallable action, String... parts) {
    assertThatThrownBy(action)
        .satisfies(
            e ->
                assertThat(DataException.behind(e).orElseThrow().getMessage())
                    .contains(parts)
                    .doesNotContain("\n"));
  }

  @Test
  void open_classNames_firstWordInTheOrderOfWnidsOrTheIdItself() {
    DatasetInfo info = open().info();

    assertThat(info.classNames()).containsExactly("n03201208", "Egyptian cat");
    assertThat(info.shape()).isEqualTo(new ImageShape(3, 64, 64));
  }

  @Test
  void open_withoutWords_idsAreNames() throws Exception {
    Files.delete(folder.resolve("words.txt"));

    assertThat(open().info().classNames()).containsExactly("n03201208", "n02124075");
  }

  @Test
  void read_train_classByClassThenByName() {
    List<Row> rows = read(Part.TRAIN);

    assertThat(rows).extracting(row -> row.getLong(0)).containsExactly(0L, 1L, 2L);
    assertThat(rows).extracting(row -> row.getInt(1)).containsExactly(0, 1, 1);
    assertUniform(rows.get(0), 10, 20, 30);
    assertUniform(rows.get(1), 100, 100, 100);
    assertUniform(rows.get(2), 200, 40, 90);
  }

  @Test
  void read_test_labelsOfTheAnnotationsAndNoOtherClasses() {
    List<Row> rows = read(Part.TEST);

    assertThat(rows).extracting(row -> row.getInt(1)).containsExactly(0, 1);
    assertUniform(rows.get(0), 1, 250, 1);
    assertUniform(rows.get(1), 250, 250, 250);
  }

  @Test
  void read_greyOfEveryValue_neverBrightened() throws Exception {
    JpegDecoder decoder = new JpegDecoder(new ImageShape(3, 64, 64));
    for (int value = 0; value < 256; value += 15) {
      byte[] jpeg = TinyImageNetFiles.encoded(TinyImageNetFiles.grey(value), "jpeg");

      byte[] pixels = decoder.pixels(jpeg, "grey");

      for (byte pixel : pixels) {
        assertThat(pixel & 0xff).isBetween(value - 1, value + 1);
      }
    }
    decoder.close();
  }

  @Test
  void rows_ofIndices_theSameImagesAndNoOtherIsDecoded() throws Exception {
    byte[] last = read(Part.TRAIN).get(2).getAs(2);
    files.text(CAT_10, "no JPEG, but nobody asks for it");

    List<Row> rows =
        open().table(LocalSpark.session(), Part.TRAIN).rows(new long[] {0, 2}).collectAsList();

    assertThat(rows).extracting(row -> row.getLong(0)).containsExactly(0L, 2L);
    assertThat(rows.get(1).<byte[]>getAs(2)).isEqualTo(last);
  }

  @Test
  void count_manyFiles_cutIntoPiecesInOrder() {
    List<LabelledFile> many =
        java.util.stream.IntStream.range(0, 1203)
            .mapToObj(i -> new LabelledFile("" + i, i))
            .toList();

    List<LabelledFiles> pieces = LabelledFiles.cut(many);

    assertThat(pieces).extracting(LabelledFiles::count).containsExactly(500L, 500L, 203L);
    assertThat(pieces)
        .allSatisfy(p -> assertThat(p.files().get(0).label()).isEqualTo((int) p.index()));
  }

  @Test
  void open_withoutWnids_namesTheFile() throws Exception {
    Files.delete(folder.resolve("wnids.txt"));

    assertFault(this::open, "needs the file wnids.txt", folder.toString());
  }

  @Test
  void open_wnidsThatCouldLeaveTheFolder_refused() throws Exception {
    files.text("wnids.txt", "../../n02124075\nn03201208\n");

    assertFault(this::open, "is a WordNet ID", "has ../../n02124075");
  }

  @Test
  void open_oneClassOrTheSameTwice_refused() throws Exception {
    files.text("wnids.txt", "n02124075\nn02124075\n");

    assertFault(this::open, "at least 2 classes", "2 lines, 1 of them different");
  }

  @Test
  void read_classWithoutFolder_namesIt() throws Exception {
    files.text("wnids.txt", "n02124075\nn07777777\n");

    assertFault(() -> read(Part.TRAIN), "none in train/n07777777/images");
  }

  @Test
  void read_annotationThatCouldLeaveTheFolder_refused() throws Exception {
    files.text("val/val_annotations.txt", "../secret.JPEG\tn02124075\t0\t0\t1\t1\n");

    assertFault(() -> read(Part.TEST), "an image NAME.JPEG of its own", "../secret.JPEG");
  }

  @Test
  void read_annotatedImageMissing_namesIt() throws Exception {
    Files.delete(folder.resolve("val/images/val_9.JPEG"));

    assertFault(() -> read(Part.TEST), "at record 1", "val_9.JPEG");
  }

  @Test
  void read_png_isNoJpeg() throws Exception {
    files.bytes(CAT_10, TinyImageNetFiles.encoded(TinyImageNetFiles.rgb(1, 2, 3), "png"));

    assertFault(() -> read(Part.TRAIN), "a JPEG starts with ff d8", "n02124075_10.JPEG");
  }

  @Test
  void read_otherSize_saysWhich() throws Exception {
    files.image(CAT_10, TinyImageNetFiles.filled(32, BufferedImage.TYPE_BYTE_GRAY, 7));

    assertFault(() -> read(Part.TRAIN), "64 x 64 pixels", "n02124075_10.JPEG has 32 x 32");
  }

  @Test
  void read_truncatedAnywhere_refused() throws Exception {
    byte[] whole = Files.readAllBytes(folder.resolve(CAT_10));
    JpegDecoder decoder = new JpegDecoder(new ImageShape(3, 64, 64));
    for (int length = 0; length < whole.length; length += 7) {
      byte[] part = Arrays.copyOf(whole, length);

      assertFault(() -> decoder.pixels(part, "part.JPEG"), "part.JPEG");
    }
    decoder.close();
  }

  @Test
  void read_framedNoise_oneLine() {
    byte[] noise = new byte[400];
    JpegDecoder decoder = new JpegDecoder(new ImageShape(3, 64, 64));
    for (int seed = 0; seed < 50; seed++) {
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (byte) ((seed + 1) * 31 * i + i * i / 7);
      }
      noise[0] = noise[398] = (byte) 0xff;
      noise[1] = (byte) 0xd8;
      noise[399] = (byte) 0xd9;

      assertFault(() -> decoder.pixels(noise, "noise.JPEG"), "noise.JPEG cannot be decoded");
    }
    decoder.close();
  }
}

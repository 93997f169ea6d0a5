package io.dimat.source;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Images and labels in two IDX files each, as MNIST and Fashion-MNIST are published: a big-endian
 * header (magic, count, for images also rows and columns), then bytes.
 */
record IdxSource(DatasetInfo info, RecordFolder folder) implements ImageSource {
  private static final int IMAGE_MAGIC = 0x803;
  private static final int LABEL_MAGIC = 0x801;
  private static final int IMAGE_HEADER = 16;
  private static final int LABEL_HEADER = 8;

  @Override
  public ImageTable<?> table(SparkSession session, Part part) {
    String prefix = part == Part.TRAIN ? "train" : "t10k";
    List<RecordFile> files =
        folder.find(session, List.of(prefix + "-images-idx3-ubyte", prefix + "-labels-idx1-ubyte"));
    RecordFile images = files.get(0);
    RecordFile labels = files.get(1);
    long count = checkedCount(images, labels);
    boolean plain = images.length().isPresent() && labels.length().isPresent();
    List<RecordRange> ranges =
        plain ? RecordRange.cut(0, count, info.shape().size(), 0) : RecordRange.whole(0, count, 0);
    int size = info.shape().size();
    int classes = info.classes();
    return new ImageTable<>(session, ranges, range -> open(range, images, labels, size, classes));
  }

  private long checkedCount(RecordFile images, RecordFile labels) {
    List<Integer> image = header(images, IMAGE_MAGIC, 4);
    List<Integer> label = header(labels, LABEL_MAGIC, 2);
    int count = image.get(1);
    if (image.get(2) != info.shape().height() || image.get(3) != info.shape().width()) {
      throw new DataException(
          "images of %s are %s, %s has %d x %d pixels; choose the dataset it belongs to"
              .formatted(info.name(), info.shape(), images.name(), image.get(2), image.get(3)));
    }
    if (count < 1 || count != label.get(1)) {
      throw new DataException(
          "every image needs one label: %s has %d images, %s has %d labels; take both files from one download"
              .formatted(images.name(), count, labels.name(), label.get(1)));
    }
    checkLength(images, IMAGE_HEADER + (long) count * info.shape().size());
    checkLength(labels, LABEL_HEADER + (long) count);
    return count;
  }

  private static List<Integer> header(RecordFile file, int magic, int words) {
    try (DataInputStream in = new DataInputStream(file.open(0))) {
      Integer[] header = new Integer[words];
      for (int i = 0; i < words; i++) {
        header[i] = in.readInt();
        if (header[0] != magic) {
          throw new DataException(
              "an IDX file of this kind starts with 0x%08x, %s starts with 0x%08x; it is another kind of file"
                  .formatted(magic, file.name(), header[0]));
        }
      }
      return List.of(header);
    } catch (EOFException e) {
      throw new DataException(
          "%s ends inside its header of %d bytes: it is truncated; copy it again"
              .formatted(file.name(), words * Integer.BYTES),
          e);
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read: %s; copy it again".formatted(file.name(), e.getMessage()), e);
    }
  }

  private static void checkLength(RecordFile file, long expected) {
    long length = file.measuredLength();
    if (length != expected) {
      throw new DataException(
          "%s must have %d bytes by its header, it has %d: it is truncated or has been changed; copy it again"
              .formatted(file.name(), expected, length));
    }
  }

  static RecordDecoder open(
      RecordRange range, RecordFile images, RecordFile labels, int size, int classes)
      throws IOException {
    InputStream pixels = images.open(IMAGE_HEADER + range.first() * size);
    try {
      InputStream classBytes = labels.open(LABEL_HEADER + range.first());
      return new Decoder(pixels, classBytes, size, classes, images.name(), labels.name());
    } catch (IOException | RuntimeException e) {
      pixels.close();
      throw e;
    }
  }

  /** Walks both files side by side. */
  private record Decoder(
      InputStream images, InputStream labels, int size, int classes, String name, String labelFile)
      implements RecordDecoder {
    @Override
    public LabelledPixels next(long record) throws IOException {
      int label = labels.read();
      if (label < 0) {
        throw new EOFException("no label");
      }
      if (label >= classes) {
        throw new DataException(
            "labels are below %d, record %d of %s has %d; the file is not of this dataset"
                .formatted(classes, record, labelFile, label));
      }
      return new LabelledPixels(label, ImageRows.readFully(images, size));
    }

    @Override
    public void close() throws IOException {
      try (images) {
        labels.close();
      }
    }
  }
}

package io.dimat.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The binary versions of CIFAR-10 (records of 1 label byte and 3072 pixel bytes) and CIFAR-100
 * (coarse label, fine label, 3072 pixel bytes); the fine label is the class.
 *
 * @param trainFiles in the order of their indices
 */
record CifarSource(
    DatasetInfo info,
    RecordFolder folder,
    CifarLayout layout,
    List<String> trainFiles,
    String testFile)
    implements ImageSource {
  @Override
  public ImageTable<?> table(SparkSession session, Part part) {
    List<String> names = part == Part.TRAIN ? trainFiles : List.of(testFile);
    List<RecordFile> files = folder.find(session, names);
    List<RecordRange> ranges = new ArrayList<>();
    long index = 0;
    for (int f = 0; f < names.size(); f++) {
      RecordFile file = files.get(f);
      long records = layout.records(file);
      ranges.addAll(
          file.length().isPresent()
              ? RecordRange.cut(f, records, layout.recordBytes(), index)
              : RecordRange.whole(f, records, index));
      index += records;
    }
    CifarLayout records = layout;
    List<RecordFile> opened = List.copyOf(files);
    return new ImageTable<>(
        session, ranges, range -> open(range, opened.get(range.file()), records));
  }

  private static RecordDecoder open(RecordRange range, RecordFile file, CifarLayout layout)
      throws IOException {
    InputStream in = file.open(range.first() * layout.recordBytes());
    return new Decoder(in, layout, file.name());
  }

  /** Walks one file. */
  private record Decoder(InputStream in, CifarLayout layout, String name) implements RecordDecoder {
    @Override
    public LabelledPixels next(long record) throws IOException {
      int label = layout.label(ImageRows.readFully(in, layout.labelBytes()), record, name);
      return new LabelledPixels(label, ImageRows.readFully(in, CifarLayout.PIXELS));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

package io.dimat.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
  public Dataset<Row> read(SparkSession session, Part part) {
    List<String> names = part == Part.TRAIN ? trainFiles : List.of(testFile);
    List<RecordFile> files = new ArrayList<>();
    List<RecordRange> ranges = new ArrayList<>();
    long index = 0;
    for (String name : names) {
      RecordFile file = folder.find(session, name);
      long records = layout.records(file);
      ranges.addAll(
          file.length().isPresent()
              ? RecordRange.cut(files.size(), records, layout.recordBytes(), index)
              : RecordRange.whole(files.size(), records, index));
      files.add(file);
      index += records;
    }
    CifarLayout records = layout;
    List<RecordFile> opened = List.copyOf(files);
    return ImageTable.of(session, ranges, range -> open(range, opened.get(range.file()), records));
  }

  private static ImageRows open(RecordRange range, RecordFile file, CifarLayout layout)
      throws IOException {
    InputStream in = file.open(range.first() * layout.recordBytes());
    return new ImageRows(range, new Decoder(in, layout, file.name()), file.name());
  }

  /** Walks one file. */
  private record Decoder(InputStream in, CifarLayout layout, String file) implements RecordDecoder {
    @Override
    public LabelledPixels next(long record) throws IOException {
      int label = layout.label(ImageRows.readFully(in, layout.labelBytes()), record, file);
      return new LabelledPixels(label, ImageRows.readFully(in, CifarLayout.PIXELS));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

package io.dimat.source;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads one JPEG per record. */
final class JpegRecords implements RecordDecoder {
  /** Far above a small image with a colour profile: what is larger is something else. */
  private static final int MOST_BYTES = 1 << 20;

  private final LabelledFiles piece;
  private final Path root;
  private final FileSystem fs;
  private final JpegDecoder jpeg;
  private int place;

  /**
   * @param root of the files' paths
   * @param jpeg closed with this
   */
  JpegRecords(LabelledFiles piece, Path root, Configuration conf, JpegDecoder jpeg)
      throws IOException {
    this.piece = piece;
    this.root = root;
    this.fs = root.getFileSystem(conf);
    this.jpeg = jpeg;
  }

  @Override
  public String name() {
    return root.toString();
  }

  @Override
  public LabelledPixels next(long record) throws IOException {
    LabelledFile file = piece.files().get(place++);
    Path path = new Path(root, file.path());
    try (InputStream in = fs.open(path)) {
      byte[] stored = in.readNBytes(MOST_BYTES + 1);
      if (stored.length > MOST_BYTES) {
        throw new DataException(
            "an image file has at most %d bytes, %s has more".formatted(MOST_BYTES, path));
      }
      return new LabelledPixels(file.label(), jpeg.pixels(stored, path.toString()));
    }
  }

  @Override
  public void skip(long record) {
    place++;
  }

  @Override
  public void close() {
    jpeg.close();
  }
}

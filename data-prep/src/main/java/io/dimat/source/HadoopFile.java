package io.dimat.source;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A file on a Hadoop file system.
 *
 * @param bytes its stored size
 */
record HadoopFile(String name, boolean gzip, long bytes, SerializableConfiguration conf)
    implements RecordFile {
  /** How the names of files end that are read through gzip. */
  static final String GZIP = ".gz";

  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 17;

  /** The file of that path, if there is one. */
  static Optional<HadoopFile> find(Path path, Configuration conf) throws IOException {
    FileSystem fs = path.getFileSystem(conf);
    try {
      return Optional.of(
          new HadoopFile(
              fs.makeQualified(path).toString(),
              path.getName().endsWith(GZIP),
              fs.getFileStatus(path).getLen(),
              new SerializableConfiguration(conf)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public OptionalLong length() {
    return gzip ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  @Override
  public InputStream open(long offset) throws IOException {
    Path path = new Path(name);
    FSDataInputStream stored = path.getFileSystem(conf.value()).open(path);
    try {
      if (gzip) {
        InputStream plain = new BufferedInputStream(new GZIPInputStream(stored, BUFFER), BUFFER);
        plain.skipNBytes(offset);
        return plain;
      }
      stored.seek(offset);
      return new BufferedInputStream(stored, BUFFER);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }
}

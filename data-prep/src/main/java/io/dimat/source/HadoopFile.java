package io.dimat.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A file on a Hadoop file system.
 *
 * @param bytes its stored size
 */
record HadoopFile(String name, boolean gzip, long bytes, SerializableConfiguration conf)
    implements RecordFile {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 17;

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

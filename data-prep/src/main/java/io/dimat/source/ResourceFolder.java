package io.dimat.source;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.SparkSession;

/** Gzip files beside this class in the jar. */
record ResourceFolder(String prefix) implements RecordFolder {
  @Override
  public List<RecordFile> find(SparkSession session, List<String> files) {
    return files.stream().<RecordFile>map(file -> new ResourceFile(prefix + file + ".gz")).toList();
  }

  /** One of them. */
  record ResourceFile(String name) implements RecordFile {
    private static final long serialVersionUID = 1L;
    private static final int BUFFER = 1 << 16;

    @Override
    public OptionalLong length() {
      return OptionalLong.empty();
    }

    @Override
    public InputStream open(long offset) throws IOException {
      InputStream stored = ResourceFolder.class.getResourceAsStream(name);
      if (stored == null) {
        throw new FileNotFoundException("the jar has no resource " + name);
      }
      InputStream plain = new BufferedInputStream(new GZIPInputStream(stored, BUFFER), BUFFER);
      plain.skipNBytes(offset);
      return plain;
    }
  }
}

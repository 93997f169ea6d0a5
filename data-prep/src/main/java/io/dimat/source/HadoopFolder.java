package io.dimat.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** A folder on any file system that Hadoop knows: local, hdfs, s3a, abfs, gs. */
record HadoopFolder(String dataset, String path) implements RecordFolder {
  private static final String GZIP = ".gz";

  @Override
  public RecordFile find(SparkSession session, String file) {
    Configuration conf = session.sessionState().newHadoopConf();
    try {
      Path folder = new Path(path);
      FileSystem fs = folder.getFileSystem(conf);
      for (String candidate : List.of(file, file + GZIP)) {
        Path found = new Path(folder, candidate);
        Optional<FileStatus> status = status(fs, found);
        if (status.isPresent()) {
          return new HadoopFile(
              fs.makeQualified(found).toString(),
              candidate.endsWith(GZIP),
              status.get().getLen(),
              new SerializableConfiguration(conf));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "%s cannot be read from %s: %s; check the path and the access rights"
              .formatted(dataset, path, e.getMessage()),
          e);
    }
    throw new DataException(
        "%s needs the file %s (or %s) in %s, which has neither; set the path to the folder of its unpacked files"
            .formatted(dataset, file, file + GZIP, path));
  }

  private static Optional<FileStatus> status(FileSystem fs, Path file) throws IOException {
    try {
      return Optional.of(fs.getFileStatus(file));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}

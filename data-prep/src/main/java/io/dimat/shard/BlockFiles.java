package io.dimat.shard;

import io.dimat.source.DataException;
import io.dimat.source.ImageShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Looks at what Spark has just written below a shard folder. Lists it: Spark chooses the file
 * names.
 */
final class BlockFiles {
  private final SparkSession session;
  private final String folder;
  private final Configuration conf;

  BlockFiles(SparkSession session, String folder) {
    this.session = session;
    this.folder = folder;
    this.conf = session.sessionState().newHadoopConf();
  }

  /**
   * The one Parquet file of a part, relative to the folder.
   *
   * @throws DataException if there is none, or more than one
   */
  String only(String part) {
    List<String> files = new ArrayList<>();
    Path path = new Path(folder, part);
    try {
      for (FileStatus status : path.getFileSystem(conf).listStatus(path)) {
        if (status.getPath().getName().endsWith(".parquet")) {
          files.add(part + "/" + status.getPath().getName());
        }
      }
    } catch (IOException e) {
      throw new DataException("%s cannot be listed: %s".formatted(path, e.getMessage()), e);
    }
    if (files.size() != 1) {
      throw new DataException(
          "%s must hold one Parquet file, it has %d; leave spark.sql.files.maxRecordsPerFile at 0"
              .formatted(path, files.size()));
    }
    return files.get(0);
  }

  /** Content of the files, each read by its own task; in the order of the files. */
  List<BlockFile> describe(List<String> files, ImageShape shape, int classes) {
    String from = folder;
    SerializableConfiguration hadoop = new SerializableConfiguration(conf);
    return JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(files, files.size())
        .map(
            file ->
                BlockFile.of(
                    file, BlockReader.read(new Path(from, file), hadoop.value(), shape), classes))
        .collect();
  }
}

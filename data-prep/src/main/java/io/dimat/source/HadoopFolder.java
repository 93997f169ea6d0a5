package io.dimat.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A folder on any file system that Hadoop knows: local, hdfs, s3a, abfs, gs. */
record HadoopFolder(String dataset, String path) implements RecordFolder {
  @Override
  public List<RecordFile> find(SparkSession session, List<String> files) {
    Configuration conf = session.sessionState().newHadoopConf();
    List<RecordFile> found = new ArrayList<>();
    for (String file : files) {
      found.add(find(conf, file));
    }
    return found;
  }

  private HadoopFile find(Configuration conf, String file) {
    String packed = file + HadoopFile.GZIP;
    try {
      Path folder = new Path(path);
      Optional<HadoopFile> plain = HadoopFile.find(new Path(folder, file), conf);
      Optional<HadoopFile> found =
          plain.isPresent() ? plain : HadoopFile.find(new Path(folder, packed), conf);
      return found.orElseThrow(
          () ->
              new DataException(
                  "%s needs the file %s (or %s) in %s, which has neither; set the path to the folder of its unpacked files"
                      .formatted(dataset, file, packed, path)));
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "%s cannot be read from %s: %s; check the path and the access rights"
              .formatted(dataset, path, e.getMessage()),
          e);
    }
  }
}

package io.dimat.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A gzipped tar archive on any file system that Hadoop knows. It is read through once to find the
 * files, and again by each task up to the file that the task reads: never unpacked to a disk.
 */
record HadoopArchive(String dataset, String path) implements RecordFolder {
  /** How the name of such a file ends. */
  static final String ENDING = ".tar" + HadoopFile.GZIP;

  @Override
  public List<RecordFile> find(SparkSession session, List<String> files) {
    try {
      HadoopFile archive =
          HadoopFile.find(new Path(path), session.sessionState().newHadoopConf())
              .orElseThrow(
                  () ->
                      new DataException(
                          "%s has no archive %s; check the path".formatted(dataset, path)));
      SortedMap<String, TarHeader> entries = entries(archive, files);
      return files.stream()
          .<RecordFile>map(file -> new ArchivedFile(archive, require(entries, file)))
          .toList();
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "%s cannot be read from %s: %s; check the path, or copy the archive again"
              .formatted(dataset, path, e.getMessage()),
          e);
    }
  }

  private TarHeader require(SortedMap<String, TarHeader> entries, String file) {
    return Optional.ofNullable(entries.get(file))
        .orElseThrow(
            () ->
                new DataException(
                    "%s needs the file %s, the archive %s has none; take the archive of the binary version"
                        .formatted(dataset, file, path)));
  }

  private static SortedMap<String, TarHeader> entries(HadoopFile archive, List<String> files)
      throws IOException {
    SortedMap<String, TarHeader> entries = new TreeMap<>();
    try (TarStream tar = new TarStream(archive.open(0), archive.name())) {
      for (Optional<TarHeader> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        String file = entry.get().fileName();
        if (files.contains(file) && entries.put(file, entry.get()) != null) {
          throw new DataException(
              "an archive has one file of a name, %s has %s twice; take the official one"
                  .formatted(archive.name(), file));
        }
      }
    }
    return entries;
  }
}

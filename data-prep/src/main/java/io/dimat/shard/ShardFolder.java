package io.dimat.shard;

import io.dimat.source.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder that shards are to be written to. A marker file, written before anything else, tells a
 * folder that a killed writer left from one that holds somebody else's data.
 */
record ShardFolder(Path folder, Configuration conf) {
  /** The marker; a name with an underscore is no data to Spark. */
  static final String MARKER = "_DIMAT_SHARDS";

  private static final String TEXT =
      "Shards of DIMAT on Spark; without a whole %s they are unfinished and are written anew.\n"
          .formatted(ManifestFile.NAME);

  /** What a writer makes; the manifest goes first, so that what is left never looks finished. */
  private static final List<String> PARTS =
      List.of(ManifestFile.NAME, "train", "test", "validation");

  /**
   * Marks the folder as ours and removes unfinished shards from it; creates it if need be.
   *
   * @throws DataException if it holds anything but has no marker, or the file system refuses
   */
  void claim() {
    try {
      FileSystem fs = folder.getFileSystem(conf);
      Path marker = new Path(folder, MARKER);
      if (!fs.exists(marker)) {
        requireEmpty(fs);
        try (FSDataOutputStream out = fs.create(marker, false)) {
          out.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }
      }
      for (String part : PARTS) {
        fs.delete(new Path(folder, part), true);
      }
    } catch (IOException e) {
      throw new DataException(
          "shards cannot be written to %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private void requireEmpty(FileSystem fs) throws IOException {
    FileStatus[] found;
    try {
      found = fs.listStatus(folder);
    } catch (FileNotFoundException e) {
      return;
    }
    if (found.length > 0) {
      throw new DataException(
          "shards are written to an empty folder or over unfinished shards, %s holds %s and no %s; choose another folder or empty it"
              .formatted(folder, found[0].getPath().getName(), MARKER));
    }
  }
}

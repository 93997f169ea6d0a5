package io.dimat.source;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Tiny ImageNet (Le and Yang, "Tiny ImageNet Visual Recognition Challenge", Stanford CS231N, 2015)
 * in the folder layout of its publication, or a subset in the same layout: the classes are the
 * lines of {@code wnids.txt}, in their order; images of other classes are not read. Its published
 * validation images, which have labels, are the test part.
 *
 * @param wnids WordNet ID of class c at position c
 */
record TinyImageNetSource(DatasetInfo info, String path, List<String> wnids)
    implements ImageSource {
  static final String NAME = "tiny-imagenet";

  private static final ImageShape COLOUR_64 = new ImageShape(3, 64, 64);

  /**
   * The usual values: per channel, of all pixels of the 100000 training images of all 200 classes;
   * kept for subsets, so that models of different subsets can be merged. (The deviations 0.2302,
   * 0.2265, 0.2262, also seen, are means of the deviations within single images.)
   */
  private static final Normalization NORMALIZATION =
      new Normalization(List.of(0.4802, 0.4481, 0.3975), List.of(0.2770, 0.2691, 0.2821));

  /**
   * Reads the names of the classes.
   *
   * @throws DataException if there are none to read
   */
  static TinyImageNetSource open(String path) {
    try {
      Path root = new Path(path);
      // Not the cached file system: a session may give a later one other settings.
      try (FileSystem fs = FileSystem.newInstance(root.toUri(), beforeSession())) {
        TinyImageNetFolder folder = new TinyImageNetFolder(fs, root);
        List<String> wnids = folder.wnids();
        DatasetInfo info =
            new DatasetInfo(NAME, COLOUR_64, folder.classNames(wnids), NORMALIZATION);
        return new TinyImageNetSource(info, path, wnids);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(path, e);
    }
  }

  /** Hadoop's settings where there is no session yet: of the class path and of spark-submit. */
  private static Configuration beforeSession() {
    String prefix = "spark.hadoop.";
    Configuration conf = new Configuration();
    for (Tuple2<String, String> setting : new SparkConf().getAllWithPrefix(prefix)) {
      conf.set(setting._1(), setting._2());
    }
    return conf;
  }

  @Override
  public ImageTable<?> table(SparkSession session, Part part) {
    Configuration conf = session.sessionState().newHadoopConf();
    try {
      Path given = new Path(path);
      FileSystem fs = given.getFileSystem(conf);
      Path root = fs.makeQualified(given);
      TinyImageNetFolder folder = new TinyImageNetFolder(fs, root);
      List<LabelledFile> files =
          part == Part.TRAIN ? folder.train(wnids) : folder.validation(wnids);
      String from = root.toString();
      ImageShape shape = info.shape();
      SerializableConfiguration hadoop = new SerializableConfiguration(conf);
      return new ImageTable<>(
          session,
          LabelledFiles.cut(files),
          piece -> new JpegRecords(piece, new Path(from), hadoop.value(), new JpegDecoder(shape)));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(path, e);
    }
  }

  private static DataException unreadable(String path, Exception e) {
    return new DataException(
        "%s cannot be read from %s: %s; check the path and the access rights"
            .formatted(NAME, path, e.getMessage()),
        e);
  }
}

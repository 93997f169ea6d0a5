package io.dimat.shard;

import io.dimat.source.DataException;
import io.dimat.source.DatasetInfo;
import io.dimat.source.ImageShape;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A finished folder of shards. Every block that is read from it is compared with the hash in its
 * manifest. Lives on the driver; what tasks need of it travels with the RDD.
 */
public final class Shards {
  private final String folder;
  private final ShardManifest manifest;
  private final SerializableConfiguration conf;

  private Shards(String folder, ShardManifest manifest, SerializableConfiguration conf) {
    this.folder = folder;
    this.manifest = manifest;
    this.conf = conf;
  }

  /**
   * Opens a folder that {@link ShardWriter} finished.
   *
   * @throws DataException if it has no manifest, or a damaged one
   */
  public static Shards open(SparkSession session, String folder) {
    Path path = new Path(folder);
    Configuration conf = session.sessionState().newHadoopConf();
    return new Shards(
        path.toString(), ManifestFile.read(path, conf), new SerializableConfiguration(conf));
  }

  /** The shards of a folder if they are finished; an invalid manifest is as good as none. */
  static Optional<Shards> find(SparkSession session, String folder) {
    Path path = new Path(folder);
    Configuration conf = session.sessionState().newHadoopConf();
    return ManifestFile.find(path, conf)
        .map(found -> new Shards(path.toString(), found, new SerializableConfiguration(conf)));
  }

  /** The folder with its file system and full path: tasks may have another working directory. */
  static Path qualified(SparkSession session, String folder) {
    try {
      Path path = new Path(folder);
      return path.getFileSystem(session.sessionState().newHadoopConf()).makeQualified(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "%s is no folder that Hadoop can use: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** With its file system and full path. */
  public String folder() {
    return folder;
  }

  public ShardManifest manifest() {
    return manifest;
  }

  public DatasetInfo dataset() {
    return manifest.spec().dataset();
  }

  /**
   * The shards: partition i holds exactly agent i's one block, read by the task that computes it.
   * Nothing is shuffled, and a lost partition is read again.
   */
  public JavaRDD<ImageBlock> train(SparkSession session) {
    String from = folder;
    ImageShape shape = dataset().shape();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    // Every task over these shards is sent how to read them: the settings, which are many, but
    // once.
    Broadcast<SerializableConfiguration> hadoop = spark.broadcast(conf);
    return spark
        .parallelize(manifest.agents(), manifest.agents().size())
        .map(file -> BlockReader.read(new Path(from), file, hadoop.value().value(), shape));
  }

  /** One agent's shard, read by the calling thread. */
  public ImageBlock train(int agent) {
    return read(manifest.agents().get(agent));
  }

  /** The test images, read by the calling thread. */
  public ImageBlock test() {
    return read(manifest.test());
  }

  /** The images held out of the training data, if any, read by the calling thread. */
  public Optional<ImageBlock> validation() {
    return manifest.validation().stream().findFirst().map(this::read);
  }

  private ImageBlock read(BlockFile file) {
    return BlockReader.read(new Path(folder), file, conf.value(), dataset().shape());
  }
}

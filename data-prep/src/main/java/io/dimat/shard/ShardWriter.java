package io.dimat.shard;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.dimat.partition.Cut;
import io.dimat.partition.CutTable;
import io.dimat.partition.Division;
import io.dimat.source.DataException;
import io.dimat.source.DatasetInfo;
import io.dimat.source.ImageShape;
import io.dimat.source.ImageSource;
import io.dimat.source.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a folder of shards: {@code train/agent=A}, {@code test}, perhaps {@code validation}, one
 * Parquet file each, and then {@code manifest.json}. The manifest describes what was read back, not
 * what was meant to be written. A folder with our marker and without a valid manifest is unfinished
 * and is written anew; a folder with anything else in it is refused.
 */
public final class ShardWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ShardWriter.class);

  private final SparkSession session;
  private final String folder;
  private final ImageSource source;
  private final Division division;

  /**
   * @param folder of any file system that Hadoop knows; created if need be
   */
  public ShardWriter(SparkSession session, String folder, ImageSource source, Division division) {
    this.session = session;
    this.folder = Shards.qualified(session, folder).toString();
    this.source = source;
    this.division = division;
  }

  /**
   * The folder's shards if they are finished and are what is asked for; else writes them.
   *
   * @throws DataException if the folder holds other shards, or as {@link #write()}
   */
  public Shards openOrWrite() {
    Optional<Shards> finished = Shards.find(session, folder);
    return finished.isPresent() ? same(finished.get()) : write();
  }

  private Shards same(Shards shards) {
    SortedMap<String, String> differences =
        shards.manifest().spec().differences(ShardSpec.of(source.info(), division));
    if (!differences.isEmpty()) {
      throw new DataException(
          "%s holds other shards than wanted: %s; choose another folder or delete it"
              .formatted(folder, differences));
    }
    return shards;
  }

  /**
   * Writes the shards.
   *
   * @throws DataException if the folder has finished shards already or holds something that is not
   *     ours, the source is not readable, or the division cannot serve
   */
  public Shards write() {
    if (Shards.find(session, folder).isPresent()) {
      throw new DataException(
          "%s has finished shards, which are never overwritten; choose another folder or delete it"
              .formatted(folder));
    }
    try {
      Dataset<Row> images = source.read(session, Part.TRAIN);
      Dataset<Row> test = source.read(session, Part.TEST); // missing files show before any work
      new ShardFolder(new Path(folder), session.sessionState().newHadoopConf()).claim();
      boolean validation = writeTraining(images);
      writeWhole(test, "test");
      ManifestFile.write(
          new Path(folder), session.sessionState().newHadoopConf(), describe(validation));
    } catch (Exception e) { // Spark throws checked exceptions that its Java signatures hide
      throw DataException.behind(e)
          .orElseGet(
              () ->
                  new DataException(
                      "shards cannot be written to %s: %s".formatted(folder, e.getMessage()), e));
    }
    return Shards.open(session, folder);
  }

  /** Returns whether there is a validation split. */
  private boolean writeTraining(Dataset<Row> images) {
    int tasks = Math.min(source.info().classes(), session.sparkContext().defaultParallelism());
    Dataset<Row> ranked =
        CutTable.rank(images.select("index", "label"), division.seed(), tasks)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Cut> cuts = division.cuts(classSizes(ranked));
      LOG.info(
          "{} over {} agents: {} cuts", division.partitioner(), division.agents(), cuts.size());
      Dataset<Row> owned = images.join(broadcast(CutTable.owners(ranked, cuts)), "index");
      writeAgents(owned.where(col("owner").geq(lit(0))));
      boolean validation = cuts.stream().anyMatch(cut -> cut.owner() == Cut.VALIDATION);
      if (validation) {
        writeWhole(owned.where(col("owner").equalTo(lit(Cut.VALIDATION))), "validation");
      }
      return validation;
    } finally {
      ranked.unpersist();
    }
  }

  private List<Long> classSizes(Dataset<Row> ranked) {
    List<Long> sizes = new ArrayList<>(Collections.nCopies(source.info().classes(), 0L));
    for (Row row : ranked.groupBy("label").agg(count(lit(1))).collectAsList()) {
      sizes.set(row.getInt(0), row.getLong(1));
    }
    return sizes;
  }

  private void writeAgents(Dataset<Row> owned) {
    owned
        .select(col("owner").as("agent"), col("index"), col("label"), col("pixels"))
        .repartition(division.agents(), col("agent"))
        .sortWithinPartitions("agent", "index")
        .write()
        .option("parquet.enable.dictionary", "false")
        .partitionBy("agent")
        .parquet(folder + "/train");
  }

  private void writeWhole(Dataset<Row> images, String name) {
    images
        .select("index", "label", "pixels")
        .repartition(1)
        .sortWithinPartitions("index")
        .write()
        .option("parquet.enable.dictionary", "false")
        .parquet(folder + "/" + name);
  }

  private ShardManifest describe(boolean validation) {
    BlockFiles found = new BlockFiles(session, folder);
    List<String> files = new ArrayList<>();
    for (int agent = 0; agent < division.agents(); agent++) {
      files.add(found.only("train/agent=" + agent));
    }
    files.add(found.only("test"));
    if (validation) {
      files.add(found.only("validation"));
    }
    DatasetInfo info = source.info();
    ImageShape shape = info.shape();
    List<BlockFile> blocks = found.describe(files, shape, info.classes());
    int agents = division.agents();
    return new ShardManifest(
        ShardManifest.FORMAT,
        ShardSpec.of(info, division),
        blocks.subList(0, agents),
        blocks.get(agents),
        blocks.subList(agents + 1, blocks.size()));
  }
}

package io.dimat.shard;

import io.dimat.partition.Selection;
import io.dimat.source.DataException;
import io.dimat.source.DatasetInfo;
import io.dimat.source.ImageShape;
import io.dimat.source.ImageSource;
import io.dimat.source.ImageTable;
import io.dimat.source.Part;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Seeded random images of a dataset as one block on the driver, whatever their classes. Samples of
 * one seed are nested: a smaller one is part of a larger one.
 */
public final class ImageSamples {
  private ImageSamples() {}

  /**
   * Images of one part of a dataset, each with the same chance: the same as {@link
   * ImageBlock#sample} of the whole part, but tasks decode only what is chosen, and only that comes
   * to the driver.
   *
   * @param images how many, or all if there are fewer; 0 for all
   * @throws DataException if the files are not what they should be, or an array cannot hold so many
   */
  public static ImageBlock of(
      SparkSession session, ImageSource source, Part part, int images, long seed) {
    requireNotNegative(images);
    try {
      ImageTable<?> table = source.table(session, part);
      long[] indices = indices(table.count(), images, seed, source.info());
      return block(table.rows(indices).collectAsList(), source.info().shape());
    } catch (Exception e) { // Spark throws checked exceptions that its Java signatures hide
      throw asDataException(e, source.info().name());
    }
  }

  /**
   * Images of shards. Training images come evenly from all agents: each gives the same number, or
   * all it has where that is less, and single images left over come from the first agents. Tasks
   * read the shards, only the sample comes to the driver.
   *
   * @param images how many, or all if there are fewer; 0 for all
   * @throws DataException if a shard is not what the manifest says
   */
  public static ImageBlock of(
      SparkSession session, Shards shards, Part part, int images, long seed) {
    requireNotNegative(images);
    try {
      return part == Part.TRAIN
          ? training(session, shards, images, seed)
          : upTo(images, shards.test(), seed);
    } catch (Exception e) { // as above
      throw asDataException(e, shards.folder());
    }
  }

  private static ImageBlock training(SparkSession session, Shards shards, int images, long seed) {
    List<Long> held = shards.manifest().agents().stream().map(a -> (long) a.count()).toList();
    long most = images == 0 ? Selection.ALL : images;
    List<Long> shares = new Selection(0, most).trainingSizes(held); // agents share as classes do
    requireArray(shares.stream().mapToLong(Long::longValue).sum(), shards.dataset());
    List<ImageBlock> samples =
        shards
            .train(session)
            .zipWithIndex()
            .filter(shard -> share(shares, shard) > 0)
            .map(shard -> shard._1().sample(share(shares, shard), seed))
            .collect();
    return ImageBlock.union(samples);
  }

  private static int share(List<Long> shares, Tuple2<ImageBlock, Long> shard) {
    return Math.toIntExact(shares.get(Math.toIntExact(shard._2())));
  }

  private static ImageBlock upTo(int images, ImageBlock block, long seed) {
    return images == 0 ? block : block.sample(images, seed);
  }

  private static long[] indices(long count, int images, long seed, DatasetInfo dataset) {
    int all = Math.toIntExact(count);
    int chosen = images == 0 ? all : Math.min(images, all);
    requireArray(chosen, dataset);
    if (chosen == all) {
      return IntStream.range(0, all).asLongStream().toArray();
    }
    return Arrays.stream(Minibatches.order(all, seed), 0, chosen).sorted().asLongStream().toArray();
  }

  /** Rows of ascending index, as pieces and records have it. */
  private static ImageBlock block(List<Row> rows, ImageShape shape) {
    long[] indices = new long[rows.size()];
    int[] labels = new int[rows.size()];
    byte[] pixels = new byte[rows.size() * shape.size()];
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      indices[i] = row.getLong(0);
      labels[i] = row.getInt(1);
      System.arraycopy(row.<byte[]>getAs(2), 0, pixels, i * shape.size(), shape.size());
    }
    return ImageBlock.owning(shape, indices, labels, pixels);
  }

  private static void requireNotNegative(int images) {
    if (images < 0) {
      throw new IllegalArgumentException(
          "a sample has at least 1 image, or 0 for all, got " + images);
    }
  }

  private static void requireArray(long images, DatasetInfo dataset) {
    long most = (Integer.MAX_VALUE - 8L) / dataset.shape().size();
    if (images > most) {
      throw new DataException(
          "a sample of %s images holds at most %d of them, got %d; ask for fewer"
              .formatted(dataset.shape(), most, images));
    }
  }

  private static DataException asDataException(Exception e, String from) {
    return DataException.behind(e)
        .orElseGet(
            () ->
                new DataException(
                    "images of %s cannot be read: %s".formatted(from, e.getMessage()), e));
  }
}

package io.dimat.shard;

import io.dimat.source.DataException;
import io.dimat.source.ImageShape;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;

/** Reads one block file in the calling thread, without Spark: a task reads its own agent's. */
final class BlockReader {
  private BlockReader() {}

  /**
   * The images of a Parquet file with the columns index, label and pixels, sorted by index.
   *
   * @throws DataException if there is no such file, or it does not hold such images
   */
  static ImageBlock read(Path file, Configuration conf, ImageShape shape) {
    try {
      int count = count(file, conf, shape);
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), file).withConf(conf).build()) {
        return fill(reader, count, shape, file);
      }
    } catch (IOException | RuntimeException e) {
      throw DataException.behind(e)
          .orElseGet(
              () ->
                  new DataException(
                      "the block file %s cannot be read: %s; prepare the shards again"
                          .formatted(file, e.getMessage()),
                      e));
    }
  }

  /**
   * The same, and the images must be those that the manifest names.
   *
   * @param expected its path is relative to {@code folder}
   */
  static ImageBlock read(Path folder, BlockFile expected, Configuration conf, ImageShape shape) {
    Path file = new Path(folder, expected.file());
    ImageBlock block = read(file, conf, shape);
    if (block.size() != expected.count() || !Sha256.of(block).equals(expected.sha256())) {
      throw new DataException(
          "%s does not hold the %d images that the manifest names: it has been changed or damaged; prepare the shards again"
              .formatted(file, expected.count()));
    }
    return block;
  }

  private static int count(Path file, Configuration conf, ImageShape shape) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
      long count = reader.getRecordCount();
      if (count < 1) {
        throw new DataException("a shard has at least 1 image, %s has none".formatted(file));
      }
      long most = (Integer.MAX_VALUE - 8L) / shape.size();
      if (count > most) {
        throw new DataException(
            "a shard of %s images holds at most %d of them, %s has %d; take more agents or a limit"
                .formatted(shape, most, file, count));
      }
      return (int) count;
    }
  }

  private static ImageBlock fill(
      ParquetReader<Group> reader, int count, ImageShape shape, Path file) throws IOException {
    long[] indices = new long[count];
    int[] labels = new int[count];
    byte[] pixels = new byte[count * shape.size()];
    for (int i = 0; i < count; i++) {
      Group row = reader.read();
      indices[i] = row.getLong("index", 0);
      labels[i] = row.getInteger("label", 0);
      Binary image = row.getBinary("pixels", 0);
      if (image.length() != shape.size()) {
        throw new DataException(
            "an image of %s has %d bytes, image %d of %s has %d"
                .formatted(shape, shape.size(), indices[i], file, image.length()));
      }
      image.toByteBuffer().get(pixels, i * shape.size(), shape.size());
    }
    return ImageBlock.owning(shape, indices, labels, pixels);
  }
}

package io.dimat.source;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A dataset of labelled images of one shape. */
public interface ImageSource {
  DatasetInfo info();

  /**
   * One part of the dataset before any record of it is read.
   *
   * @throws DataException if files are missing or are not what they should be
   */
  ImageTable<?> table(SparkSession session, Part part);

  /**
   * One part of the dataset as a table with the columns {@code index} (long, 0-based position in
   * the published order), {@code label} (int, below {@code info().classes()}) and {@code pixels}
   * (binary, channel by channel, row by row, one byte each). Lazy: the pixels are read by tasks.
   *
   * @throws DataException as {@link #table}; faults inside the records surface when tasks read
   *     them, as a cause (see {@link DataException#behind})
   */
  default Dataset<Row> read(SparkSession session, Part part) {
    return table(session, part).rows();
  }
}

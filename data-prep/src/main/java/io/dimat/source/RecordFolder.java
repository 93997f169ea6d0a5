package io.dimat.source;

import org.apache.spark.sql.SparkSession;

/** Where the files of a dataset lie. */
interface RecordFolder {
  /**
   * The file of that name.
   *
   * @throws DataException if there is none; the message names what was looked for
   */
  RecordFile find(SparkSession session, String file);
}

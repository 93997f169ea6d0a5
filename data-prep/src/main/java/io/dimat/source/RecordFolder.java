package io.dimat.source;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Where the files of a dataset lie. */
interface RecordFolder {
  /**
   * The files of these names, in their order.
   *
   * @throws DataException if one is missing; the message names what was looked for
   */
  List<RecordFile> find(SparkSession session, List<String> files);
}

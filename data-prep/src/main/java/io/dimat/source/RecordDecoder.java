package io.dimat.source;

import java.io.Closeable;
import java.io.IOException;

/** Reads the records of one range one after the other. */
interface RecordDecoder extends Closeable {
  /**
   * The next record.
   *
   * @param record its number in the file, for messages
   * @throws java.io.EOFException if the file ends before the record does
   * @throws DataException if it is not a record of this dataset
   */
  LabelledPixels next(long record) throws IOException;
}

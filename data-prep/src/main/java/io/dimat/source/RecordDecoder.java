package io.dimat.source;

import java.io.Closeable;
import java.io.IOException;

/** Reads the records of one piece one after the other. */
interface RecordDecoder extends Closeable {
  /** Of the file that is being read, for messages. */
  String name();

  /**
   * The next record.
   *
   * @param record its number in the file, for messages
   * @throws java.io.EOFException if the file ends before the record does
   * @throws DataException if it is not a record of this dataset
   */
  LabelledPixels next(long record) throws IOException;

  /** Passes over the next record; throws as {@link #next} or finds less wrong. */
  default void skip(long record) throws IOException {
    next(record);
  }
}

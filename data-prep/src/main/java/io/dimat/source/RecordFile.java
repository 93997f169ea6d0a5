package io.dimat.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.OptionalLong;

/** A file of records that any task can open. */
interface RecordFile extends Serializable {
  /** For messages. */
  String name();

  /** Number of uncompressed bytes; empty if the file can only be read from its start on. */
  OptionalLong length();

  /**
   * Number of uncompressed bytes; may read a compressed file to its end to tell.
   *
   * @throws DataException if it cannot be read
   */
  default long measuredLength() {
    if (length().isPresent()) {
      return length().getAsLong();
    }
    try (InputStream in = open(0)) {
      return in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read: %s; copy it again".formatted(name(), e.getMessage()), e);
    }
  }

  /** The uncompressed bytes from {@code offset} on; the caller closes the stream. */
  InputStream open(long offset) throws IOException;
}

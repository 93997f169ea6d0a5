package io.dimat.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.OptionalLong;

/** A file of records that any task can open. */
interface RecordFile extends Serializable {
  /** For messages. */
  String name();

  /** Number of uncompressed bytes; empty if only reading tells. */
  OptionalLong length();

  /** The uncompressed bytes from {@code offset} on; the caller closes the stream. */
  InputStream open(long offset) throws IOException;
}

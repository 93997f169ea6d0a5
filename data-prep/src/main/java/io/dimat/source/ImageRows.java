package io.dimat.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/** The rows of one range, one record in memory at a time. */
final class ImageRows implements Iterator<Row> {
  private final RecordRange range;
  private final RecordDecoder decoder;
  private final String name;
  private long done;

  /**
   * @param name of the file, for messages
   */
  ImageRows(RecordRange range, RecordDecoder decoder, String name) {
    this.range = range;
    this.decoder = decoder;
    this.name = name;
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) context -> close());
    }
  }

  @Override
  public boolean hasNext() {
    return done < range.count();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      LabelledPixels record = decoder.next(range.first() + done);
      Row row = RowFactory.create(range.index() + done, record.label(), record.pixels());
      done++;
      if (!hasNext()) {
        decoder.close();
      }
      return row;
    } catch (EOFException e) {
      throw new DataException(
          "%s ends at record %d of %d: it is truncated; copy it again"
              .formatted(name, range.first() + done, range.first() + range.count()),
          e);
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read at record %d: %s"
              .formatted(name, range.first() + done, e.getMessage()),
          e);
    }
  }

  private void close() {
    try {
      decoder.close();
    } catch (IOException e) {
      throw new DataException(name + " cannot be closed: " + e.getMessage(), e);
    }
  }

  /** Exactly {@code length} bytes. */
  static byte[] readFully(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("%d of %d bytes".formatted(bytes.length, length));
    }
    return bytes;
  }
}

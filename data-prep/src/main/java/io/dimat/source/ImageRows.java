package io.dimat.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/** The rows of one piece, or some of them; one record in memory at a time. */
final class ImageRows implements Iterator<Row> {
  private final ImageTable.Piece piece;
  private final RecordDecoder decoder;
  private final PrimitiveIterator.OfLong wanted;
  private long passed;

  private ImageRows(LongStream wanted, ImageTable.Piece piece, RecordDecoder decoder) {
    this.piece = piece;
    this.decoder = decoder;
    this.wanted = wanted.iterator();
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) context -> close());
    }
  }

  static ImageRows all(ImageTable.Piece piece, RecordDecoder decoder) {
    return new ImageRows(
        LongStream.range(piece.index(), piece.index() + piece.count()), piece, decoder);
  }

  /**
   * @param indices in the whole part, strictly ascending, of records of this piece
   */
  static ImageRows only(long[] indices, ImageTable.Piece piece, RecordDecoder decoder) {
    return new ImageRows(LongStream.of(indices), piece, decoder);
  }

  @Override
  public boolean hasNext() {
    return wanted.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      return read(wanted.nextLong());
    } catch (EOFException e) {
      throw new DataException(
          "%s ends at record %d of %d: it is truncated; copy it again"
              .formatted(decoder.name(), record(), piece.first() + piece.count()),
          e);
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read at record %d: %s".formatted(decoder.name(), record(), e.getMessage()),
          e);
    }
  }

  private Row read(long index) throws IOException {
    for (; piece.index() + passed < index; passed++) {
      decoder.skip(record());
    }
    LabelledPixels image = decoder.next(record());
    passed++;
    if (!hasNext()) {
      decoder.close();
    }
    return RowFactory.create(index, image.label(), image.pixels());
  }

  /** Number of the record that comes next, in its file. */
  private long record() {
    return piece.first() + passed;
  }

  private void close() {
    try {
      decoder.close();
    } catch (IOException e) {
      throw new DataException(decoder.name() + " cannot be closed: " + e.getMessage(), e);
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

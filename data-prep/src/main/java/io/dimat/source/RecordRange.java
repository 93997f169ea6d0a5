package io.dimat.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive records of one file: what one task reads.
 *
 * @param file which of the source's files
 * @param first record in that file
 * @param count of records
 * @param index of the first record in the whole part
 */
record RecordRange(int file, long first, long count, long index) implements ImageTable.Piece {
  /** Enough for a task to be worth starting, little enough for many tasks. */
  private static final long BYTES_PER_TASK = 16L << 20;

  /** A file in one piece: the only way for a compressed one. */
  static List<RecordRange> whole(int file, long records, long index) {
    return List.of(new RecordRange(file, 0, records, index));
  }

  /** A file cut into pieces of about {@value #BYTES_PER_TASK} bytes. */
  static List<RecordRange> cut(int file, long records, long recordBytes, long index) {
    long step = Math.max(1, BYTES_PER_TASK / recordBytes);
    List<RecordRange> ranges = new ArrayList<>();
    for (long first = 0; first < records; first += step) {
      ranges.add(new RecordRange(file, first, Math.min(step, records - first), index + first));
    }
    return ranges;
  }
}

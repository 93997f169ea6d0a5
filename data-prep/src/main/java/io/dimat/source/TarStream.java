package io.dimat.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The plain files of a tar archive one after the other, nothing in memory but a header. Only what a
 * dataset's archive has is let through: plain files and folders inside the archive, of bounded
 * sizes. Reading gives the bytes of the current file.
 *
 * <p>Not commons-compress: the version that Spark 3.5 brings can be kept busy for ever by a pax
 * header's time (CVE-2023-42503).
 */
final class TarStream extends InputStream {
  /** Above the largest official file, the 153,700,000 bytes of CIFAR-100's train.bin. */
  static final long MOST_FILE_BYTES = 160L << 20;

  /** Above the about 185 MB of an official archive: what unpacks to more is none. */
  static final long MOST_BYTES = 256L << 20;

  /** More than writers pad an archive's end with. */
  private static final int MOST_PADDING = 1 << 20;

  private final InputStream in;
  private final String archive;
  private long left;
  private long padding;
  private long total;

  /**
   * @param in uncompressed; closed with this stream
   * @param archive for messages
   */
  TarStream(InputStream in, String archive) {
    this.in = in;
    this.archive = archive;
  }

  /**
   * Goes to the next plain file; empty at the end of the archive.
   *
   * @throws DataException if the archive is none, or holds what no dataset's archive does
   * @throws EOFException if it is truncated
   */
  Optional<TarHeader> next() throws IOException {
    while (true) {
      in.skipNBytes(left + padding);
      left = 0;
      padding = 0;
      byte[] block = ImageRows.readFully(in, TarHeader.BLOCK);
      if (TarHeader.endsArchive(block)) {
        in.readNBytes(MOST_PADDING); // up to gzip's own checksum
        return Optional.empty();
      }
      TarHeader header = TarHeader.of(block, archive);
      admit(header);
      if (header.plainFile()) {
        return Optional.of(header);
      }
    }
  }

  private void admit(TarHeader header) {
    if (!header.inside() || !(header.plainFile() || header.passedOver())) {
      throw new DataException(
          "an archive of a dataset holds plain files and folders at relative paths without .., %s holds %s of type '%s'; take the official one"
              .formatted(archive, printable(header.name()), printable("" + header.type())));
    }
    if (header.bytes() < 0 || header.bytes() > MOST_FILE_BYTES) {
      throw new DataException(
          "a file of an archive has at most %d bytes, %s in %s has %s; take the official one"
              .formatted(
                  MOST_FILE_BYTES,
                  printable(header.name()),
                  archive,
                  header.bytes() < 0 ? "no readable size" : header.bytes()));
    }
    left = header.bytes();
    padding = -left & (TarHeader.BLOCK - 1);
    total += TarHeader.BLOCK + left + padding;
    if (total > MOST_BYTES) {
      throw new DataException(
          "an archive unpacks to at most %d bytes, %s has more; take the official one"
              .formatted(MOST_BYTES, archive));
    }
  }

  /** Names come from outside: no line feeds or escapes of a terminal in our one line. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    int got = in.read(to, offset, (int) Math.min(length, left));
    if (got < 0) {
      throw new EOFException(archive + " ends inside a file");
    }
    left -= got;
    return got;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

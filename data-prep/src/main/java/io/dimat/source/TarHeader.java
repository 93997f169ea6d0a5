package io.dimat.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One 512-byte header of a tar archive (IEEE Std 1003.1, pax, "ustar Interchange Format").
 *
 * @param name path of the entry
 * @param type its one-character type flag; 0 or '0' for a plain file
 * @param bytes of content after the header, at least 0
 */
record TarHeader(String name, char type, long bytes) {
  /** Headers and contents are padded to multiples of this. */
  static final int BLOCK = 512;

  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;

  /**
   * Reads a header.
   *
   * @param block {@value #BLOCK} bytes; not modified
   * @param archive for messages
   * @throws DataException if it is none
   */
  static TarHeader of(byte[] block, String archive) {
    if (octal(block, CHECKSUM, CHECKSUM_END) != checksum(block)) {
      throw new DataException(
          "%s is no tar archive, or a damaged one: a header's checksum is wrong; copy the dataset's official archive again"
              .formatted(archive));
    }
    String name = text(block, 0, 100);
    String prefix = text(block, 345, 500);
    boolean posix = text(block, 257, 263).equals("ustar"); // GNU's has blanks, and no prefix
    return new TarHeader(
        posix && !prefix.isEmpty() ? prefix + "/" + name : name,
        (char) block[156],
        octal(block, 124, 136));
  }

  static boolean endsArchive(byte[] block) {
    return Arrays.equals(block, new byte[BLOCK]);
  }

  boolean plainFile() {
    return type == '0' || type == 0;
  }

  /** A folder, or a pax record, which adds nothing that is used here (owners, exact times). */
  boolean passedOver() {
    return type == '5' || type == 'x' || type == 'g';
  }

  boolean inside() {
    return !name.startsWith("/") && !Arrays.asList(name.split("[/\\\\]")).contains("..");
  }

  /** The last part of the path. */
  String fileName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static long checksum(byte[] block) {
    long sum = (CHECKSUM_END - CHECKSUM) * (long) ' '; // its own field counts as blanks
    for (int i = 0; i < BLOCK; i++) {
      sum += i < CHECKSUM || i >= CHECKSUM_END ? block[i] & 0xff : 0;
    }
    return sum;
  }

  /** -1 for anything but octal digits: also for the binary numbers of files above 8 GiB. */
  private static long octal(byte[] block, int from, int to) {
    String digits = text(block, from, to).strip();
    return digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, 8) : -1;
  }

  private static String text(byte[] block, int from, int to) {
    int end = from;
    while (end < to && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }
}

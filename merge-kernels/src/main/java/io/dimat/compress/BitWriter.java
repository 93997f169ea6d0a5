package io.dimat.compress;

import io.dimat.protocol.Payload;

/** Appends numbers of any width, lowest bit first; the last byte is filled with zeros. */
final class BitWriter {
  private final byte[] bytes;
  private long at;

  /**
   * A writer of exactly so many bits.
   *
   * @param bits at least what will be put
   */
  BitWriter(long bits) {
    bytes = new byte[Math.toIntExact(bytesOf(bits))];
  }

  /** Whole bytes that hold so many bits. */
  static long bytesOf(long bits) {
    return (bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * Appends the lowest bits of a value.
   *
   * @param width 0 to 64
   */
  void put(long value, int width) {
    for (int k = 0; k < width; k++, at++) {
      bytes[(int) (at >>> 3)] |= (byte) (((value >>> k) & 1) << (at & 7));
    }
  }

  void putFloat(float value) {
    put(Float.floatToRawIntBits(value), Float.SIZE);
  }

  Payload payload() {
    return Payload.of(bytes);
  }
}

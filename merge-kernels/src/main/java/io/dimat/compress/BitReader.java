package io.dimat.compress;

import io.dimat.protocol.Payload;

/** Reads what a {@link BitWriter} wrote. */
final class BitReader {
  private final byte[] bytes;
  private long at;

  /**
   * A reader from the first bit on.
   *
   * @param expected length that a payload of the caller's layout has
   * @throws IllegalArgumentException if the payload has another
   */
  BitReader(Payload payload, long expected) {
    if (payload.length() != expected) {
      throw new IllegalArgumentException(
          "a payload of this compressor and layout has %d bytes, got %d"
              .formatted(expected, payload.length()));
    }
    bytes = payload.toArray();
  }

  /**
   * The next number.
   *
   * @param width 0 to 64
   */
  long get(int width) {
    long value = 0;
    for (int k = 0; k < width; k++, at++) {
      value |= (long) ((bytes[(int) (at >>> 3)] >>> (at & 7)) & 1) << k;
    }
    return value;
  }

  float getFloat() {
    return Float.intBitsToFloat((int) get(Float.SIZE));
  }
}

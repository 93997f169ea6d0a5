package io.dimat.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;

/** The bytes of a state and the SHA-256 of all of them, see {@link StateCodec}. Immutable. */
public final class EncodedState {
  private final byte[] bytes;
  private final String sha256;

  /** Takes the array as its own: who calls must not use it again. */
  EncodedState(byte[] bytes, byte[] hash) {
    this.bytes = bytes;
    this.sha256 = HexFormat.of().formatHex(hash);
  }

  public int length() {
    return bytes.length;
  }

  /** Of all bytes, in hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** Writes all bytes; {@code out} is left open. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  /** A copy of all bytes. */
  byte[] toArray() {
    return bytes.clone();
  }
}

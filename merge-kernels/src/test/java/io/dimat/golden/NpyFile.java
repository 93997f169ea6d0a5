package io.dimat.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** NumPy's array files, version 1, little-endian float32 or int32 in C order. */
public final class NpyFile {
  private static final int HEADER_AT = 10;

  private NpyFile() {}

  /** All values of a float32 file, row-major. */
  public static float[] floats(Path file) {
    ByteBuffer data = data(file, "<f4");
    float[] values = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(values);
    return values;
  }

  /** All values of an int32 file, row-major. */
  public static int[] ints(Path file) {
    ByteBuffer data = data(file, "<i4");
    int[] values = new int[data.remaining() / Integer.BYTES];
    data.asIntBuffer().get(values);
    return values;
  }

  private static ByteBuffer data(Path file, String type) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int length = Short.toUnsignedInt(bytes.getShort(HEADER_AT - Short.BYTES));
      String header = new String(bytes.array(), HEADER_AT, length, StandardCharsets.US_ASCII);
      if (bytes.get(6) != 1 || !header.contains(type) || !header.contains("False")) {
        throw new IllegalArgumentException(
            file + " must be version 1, " + type + " in C order, got " + header.strip());
      }
      return bytes.position(HEADER_AT + length).slice().order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

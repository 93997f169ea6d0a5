package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * {@code coefficients.bin}: one vector as ND4J writes it, big-endian. First the shape, as a buffer
 * of longs (rank, axis lengths, strides, flags, element stride, order), then the elements as
 * another; each buffer begins with its allocation mode, its length and its element type.
 */
final class Coefficients {
  private static final List<String> MODES = List.of("MIXED_DATA_TYPES", "LONG_SHAPE");
  private static final int SHAPE_EXTRAS = 4;
  private static final int CHUNK = 1 << 16;

  /** Bytes of a file of that many elements, at most. */
  static long maxBytes(long count) {
    return Double.BYTES * count + 1024;
  }

  private Coefficients() {}

  /**
   * Reads a vector. Memory grows with what is read, never with what the file says of its length.
   *
   * @param count elements that the configuration asks for
   * @throws ModelFileException if the bytes are no vector of that many finite elements
   */
  static float[] read(InputStream in, int count) throws IOException {
    DataInputStream data = new DataInputStream(in);
    requireVector(data, count);
    String type = header(data, count, "elements");
    StoredFloat format = StoredFloat.of(type);
    float[] values = new float[Math.min(count, CHUNK)];
    for (int at = 0; at < count; ) {
      if (at == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * at));
      }
      int n = Math.min(CHUNK, values.length - at);
      byte[] bytes = data.readNBytes(n * format.bytes());
      if (bytes.length < n * format.bytes()) {
        throw new ModelFileException(
            "coefficients.bin must hold " + count + " elements, it ends after fewer");
      }
      format.decode(ByteBuffer.wrap(bytes), values, at, n);
      at += n;
    }
    requireFinite(values);
    return values;
  }

  /** A row, a column or a plain vector, without gaps. */
  private static void requireVector(DataInputStream data, int count) throws IOException {
    int longs = shapeLongs(data);
    int rank = (longs - SHAPE_EXTRAS) / 2;
    long[] shape = new long[longs];
    for (int i = 0; i < longs; i++) {
      shape[i] = data.readLong();
    }
    boolean vector = shape[0] == rank;
    for (int axis = 1; axis <= rank && vector; axis++) {
      boolean whole = shape[axis] == count && shape[rank + axis] == 1;
      vector = whole || (rank == 2 && shape[axis] == 1 && count != 1);
    }
    long[] lengths = Arrays.copyOfRange(shape, 1, 1 + rank);
    if (!vector || Arrays.stream(lengths).max().orElse(0) != count) {
      throw new ModelFileException(
          "coefficients.bin must hold one vector of the configuration's "
              + count
              + " parameters, its shape is "
              + Arrays.toString(lengths));
    }
  }

  private static int shapeLongs(DataInputStream data) throws IOException {
    requireMode(data.readUTF());
    long longs = data.readLong();
    String type = data.readUTF();
    if ((longs != SHAPE_EXTRAS + 2 && longs != SHAPE_EXTRAS + 4) || !type.equals("LONG")) {
      throw new ModelFileException(
          "coefficients.bin must begin with the shape of a vector, 6 or 8 LONG, got "
              + longs
              + " "
              + Fields.shorten(type));
    }
    return (int) longs;
  }

  private static String header(DataInputStream data, int count, String what) throws IOException {
    requireMode(data.readUTF());
    long length = data.readLong();
    if (length != count) {
      throw new ModelFileException(
          "coefficients.bin must hold " + count + " " + what + ", it says " + length);
    }
    return data.readUTF();
  }

  private static void requireMode(String mode) throws ModelFileException {
    if (!MODES.contains(mode)) {
      throw new ModelFileException(
          "coefficients.bin must be written by ND4J 1.0.0-M2.1, its allocation mode is "
              + Fields.shorten(mode)
              + ": load the model there and save it again");
    }
  }

  private static void requireFinite(float[] values) throws ModelFileException {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new ModelFileException(
            "parameters must be finite, number " + i + " of coefficients.bin is " + values[i]);
      }
    }
  }
}

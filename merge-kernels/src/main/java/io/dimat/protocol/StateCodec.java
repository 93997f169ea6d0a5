package io.dimat.protocol;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes of an {@link AgentState}: bounded, versioned, ending in a SHA-256 of everything before it.
 *
 * <pre>
 * magic "DIMATST1" | number of scalars | (name, float64)* | number of vectors
 *   | (name, number of values, float32 values)* | SHA-256
 * </pre>
 *
 * All numbers little-endian; counts and lengths are int32; a name is its UTF-8 length and bytes.
 * The layout is not stored: a vector is either full or trainable-only, told by its length. Equal
 * states have equal bytes, so the hash of the bytes is the hash of the state.
 */
public final class StateCodec {
  private static final byte[] MAGIC = "DIMATST1".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_BYTES = 32;
  private static final int MAX_ENTRIES = 10_000;

  private StateCodec() {}

  /** Serializes a state whose vectors are full or trainable-only vectors of one network. */
  public static byte[] encode(AgentState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      writeInt(out, state.scalars().size());
      for (Map.Entry<String, Double> scalar : state.scalars().entrySet()) {
        writeName(out, scalar.getKey());
        out.writeLong(Long.reverseBytes(Double.doubleToLongBits(scalar.getValue())));
      }
      writeInt(out, state.vectors().size());
      for (Map.Entry<String, ParamVector> vector : state.vectors().entrySet()) {
        writeName(out, vector.getKey());
        writeInt(out, vector.getValue().size());
        out.write(floats(vector.getValue()));
      }
      out.write(sha256(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param layout of the network's full vector
   * @throws CorruptStateException if the bytes are not a valid state of that layout
   */
  public static AgentState decode(byte[] bytes, ParamLayout layout) {
    requireIntact(bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, bytes.length - HASH_BYTES);
    in.order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
    try {
      AgentState state = new AgentState(new TreeMap<>(), new TreeMap<>());
      for (int left = count(in); left > 0; left--) {
        String name = readName(in);
        state = state.with(name, in.getDouble());
      }
      for (int left = count(in); left > 0; left--) {
        String name = readName(in);
        state = state.with(name, readVector(in, layout));
      }
      if (in.hasRemaining()) {
        throw new CorruptStateException(in.remaining() + " bytes follow the last vector");
      }
      return state;
    } catch (BufferUnderflowException e) {
      throw new CorruptStateException("it ends in the middle of an entry");
    }
  }

  private static void requireIntact(byte[] bytes) {
    int body = bytes.length - HASH_BYTES;
    if (body < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw new CorruptStateException("it does not start with DIMATST1");
    }
    byte[] stored = Arrays.copyOfRange(bytes, body, bytes.length);
    if (!Arrays.equals(stored, sha256(Arrays.copyOf(bytes, body)))) {
      throw new CorruptStateException("its checksum does not match its content");
    }
  }

  private static ParamVector readVector(ByteBuffer in, ParamLayout layout) {
    int length = in.getInt();
    ParamLayout vectorLayout = length == layout.size() ? layout : layout.trainable();
    if (length != vectorLayout.size()) {
      throw new CorruptStateException(
          "a vector has %d values, the network has %d or, trainable only, %d"
              .formatted(length, layout.size(), layout.trainableSize()));
    }
    float[] values = new float[length];
    in.asFloatBuffer().get(values);
    in.position(in.position() + length * Float.BYTES);
    return ParamVector.of(vectorLayout, values);
  }

  private static byte[] floats(ParamVector vector) {
    ByteBuffer buffer = ByteBuffer.allocate(vector.size() * Float.BYTES);
    buffer.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector.toArray());
    return buffer.array();
  }

  private static void writeInt(DataOutputStream out, int value) throws IOException {
    out.writeInt(Integer.reverseBytes(value));
  }

  private static void writeName(DataOutputStream out, String name) throws IOException {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    writeInt(out, utf8.length);
    out.write(utf8);
  }

  private static int count(ByteBuffer in) {
    int count = in.getInt();
    if (count < 0 || count > MAX_ENTRIES) {
      throw new CorruptStateException("it claims " + count + " entries");
    }
    return count;
  }

  private static String readName(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new CorruptStateException("a name claims " + length + " bytes");
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

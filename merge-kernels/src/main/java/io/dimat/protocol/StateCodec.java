package io.dimat.protocol;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Precision;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Bytes of an {@link AgentState}: bounded, versioned, ending in a SHA-256 of everything before it.
 *
 * <pre>
 * magic "DIMATST2"
 *   | number of scalars  | (name, float64)*
 *   | number of vectors  | (name, part, number of values, values)*
 *   | number of payloads | (name, number of bytes, bytes)*
 *   | SHA-256
 * </pre>
 *
 * All numbers little-endian; counts and lengths are int32; a name is its UTF-8 length and bytes.
 * The layout is not stored: part 0 is a full vector of the network, 1 its trainable slices, 2 its
 * running statistics, 3 values without names, at the layout's precision. Equal states have equal
 * bytes, so the hash of the bytes is the hash of the state.
 */
public final class StateCodec {
  private static final byte[] MAGIC = "DIMATST2".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_BYTES = 32;
  private static final int MAX_ENTRIES = 10_000;

  private StateCodec() {}

  /**
   * Serializes a state.
   *
   * @param layout of the network's full vector
   * @throws IllegalArgumentException if a vector is not of that layout or one of its parts
   */
  public static byte[] encode(AgentState state, ParamLayout layout) {
    return encoded(state, layout).toArray();
  }

  /**
   * Serializes a state and hashes all of it in one pass.
   *
   * @param layout of the network's full vector
   * @throws IllegalArgumentException if a vector is not of that layout or one of its parts
   */
  public static EncodedState encoded(AgentState state, ParamLayout layout) {
    ByteBuffer out = ByteBuffer.allocate(size(state)).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC);
    out.putInt(state.scalars().size());
    state
        .scalars()
        .forEach(
            (name, scalar) -> {
              putName(out, name);
              out.putDouble(scalar);
            });
    out.putInt(state.vectors().size());
    state
        .vectors()
        .forEach(
            (name, vector) -> {
              putName(out, name);
              out.putInt(part(name, vector, layout));
              putVector(out, vector);
            });
    out.putInt(state.payloads().size());
    state
        .payloads()
        .forEach(
            (name, payload) -> {
              putName(out, name);
              out.putInt(payload.length());
              out.put(payload.toArray());
            });
    MessageDigest body = sha256();
    body.update(out.array(), 0, out.position());
    MessageDigest whole = copy(body);
    byte[] checksum = body.digest();
    whole.update(checksum);
    return new EncodedState(out.put(checksum).array(), whole.digest());
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
      AgentState state = AgentState.empty();
      for (int left = count(in); left > 0; left--) {
        String name = name(in);
        state = state.with(name, in.getDouble());
      }
      for (int left = count(in); left > 0; left--) {
        String name = name(in);
        state = state.with(name, vector(in, layout));
      }
      for (int left = count(in); left > 0; left--) {
        String name = name(in);
        state = state.with(name, Payload.of(block(in, "a payload")));
      }
      if (in.hasRemaining()) {
        throw new CorruptStateException(in.remaining() + " bytes follow the last entry");
      }
      return state;
    } catch (BufferUnderflowException e) {
      throw new CorruptStateException("it ends in the middle of an entry");
    }
  }

  private static int size(AgentState state) {
    Set<String> scalars = state.scalars().keySet();
    Set<String> vectors = state.vectors().keySet();
    Set<String> payloads = state.payloads().keySet();
    long names =
        Stream.of(scalars, vectors, payloads)
            .flatMap(Set::stream)
            .mapToLong(name -> Integer.BYTES + name.getBytes(StandardCharsets.UTF_8).length)
            .sum();
    long counts = Integer.BYTES * (3L + 2L * vectors.size() + payloads.size());
    return Math.toIntExact(MAGIC.length + names + counts + state.bytes() + HASH_BYTES);
  }

  private static int part(String name, ParamVector vector, ParamLayout layout) {
    ParamLayout[] parts = parts(layout, vector.size());
    for (int part = 0; part < parts.length; part++) {
      if (vector.layout().equals(parts[part])) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "vector %s must be a vector of the network, got %s for %s"
            .formatted(name, vector.layout(), layout));
  }

  /** The layouts that a vector of so many values may have, by the number of the part. */
  private static ParamLayout[] parts(ParamLayout layout, int size) {
    return new ParamLayout[] {
      layout, layout.trainable(), layout.statistics(), ParamLayout.flat(size, layout.precision())
    };
  }

  private static void putVector(ByteBuffer out, ParamVector vector) {
    out.putInt(vector.size());
    if (vector.layout().precision() == Precision.SINGLE) {
      vector.copyTo(out.asFloatBuffer());
    } else {
      out.asDoubleBuffer().put(vector.toDoubles());
    }
    out.position(out.position() + vector.size() * vector.layout().precision().bytes());
  }

  private static ParamVector vector(ByteBuffer in, ParamLayout layout) {
    int part = in.getInt();
    int length = in.getInt();
    if (in.remaining() < (long) length * layout.precision().bytes()) {
      throw new BufferUnderflowException();
    }
    ParamLayout[] parts = parts(layout, Math.max(0, length));
    if (length < 0 || part < 0 || part >= parts.length || length != parts[part].size()) {
      throw new CorruptStateException(
          "a vector is part %d of the network with %d values, the network has %d, trainable %d"
              .formatted(part, length, layout.size(), layout.trainableSize()));
    }
    ParamLayout own = parts[part];
    int end = in.position() + length * own.precision().bytes();
    if (own.precision() == Precision.SINGLE) {
      float[] values = new float[length];
      in.asFloatBuffer().get(values);
      in.position(end);
      return ParamVector.of(own, values);
    }
    double[] values = new double[length];
    in.asDoubleBuffer().get(values);
    in.position(end);
    return ParamVector.of(own, values);
  }

  private static void requireIntact(byte[] bytes) {
    int body = bytes.length - HASH_BYTES;
    if (body < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw new CorruptStateException(
          "it does not start with " + new String(MAGIC, StandardCharsets.US_ASCII));
    }
    MessageDigest sha = sha256();
    sha.update(bytes, 0, body);
    if (!Arrays.equals(Arrays.copyOfRange(bytes, body, bytes.length), sha.digest())) {
      throw new CorruptStateException("its checksum does not match its content");
    }
  }

  private static void putName(ByteBuffer out, String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    out.putInt(utf8.length);
    out.put(utf8);
  }

  private static int count(ByteBuffer in) {
    int count = in.getInt();
    if (count < 0 || count > MAX_ENTRIES) {
      throw new CorruptStateException("it claims " + count + " entries");
    }
    return count;
  }

  private static String name(ByteBuffer in) {
    return new String(block(in, "a name"), StandardCharsets.UTF_8);
  }

  private static byte[] block(ByteBuffer in, String what) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new CorruptStateException(what + " claims " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package io.dimat.algorithm.crossgradient;

import io.dimat.protocol.Payload;
import java.nio.ByteBuffer;

/** Single-precision numbers as the bytes of a payload, big-endian, nothing else. */
final class PayloadFloats {
  private PayloadFloats() {}

  static Payload of(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length));
    bytes.asFloatBuffer().put(values);
    return Payload.of(bytes.array());
  }

  static float[] from(Payload payload) {
    float[] values = new float[payload.length() / Float.BYTES];
    ByteBuffer.wrap(payload.toArray()).asFloatBuffer().get(values);
    return values;
  }
}

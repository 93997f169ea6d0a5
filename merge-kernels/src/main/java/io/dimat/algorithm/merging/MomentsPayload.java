package io.dimat.algorithm.merging;

import io.dimat.align.CrossMoments;
import io.dimat.protocol.Payload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moments of a pair of models as mail: {@code 1 + 4 C + C^2} single-precision values, little
 * endian, per match point of C units, in the order of the points.
 */
final class MomentsPayload {
  private MomentsPayload() {}

  static Payload of(List<CrossMoments> moments) {
    int[] units = moments.stream().mapToInt(CrossMoments::units).toArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(bytes(units))).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer out = bytes.asFloatBuffer();
    moments.forEach(m -> m.writeTo(out));
    return Payload.of(bytes.array());
  }

  /**
   * Reads moments.
   *
   * @param units numbers of units of the match points they were observed at
   * @throws IllegalArgumentException if the payload is of another length
   */
  static List<CrossMoments> read(Payload payload, int[] units) {
    if (payload.length() != bytes(units)) {
      throw new IllegalArgumentException(
          "moments of %s units have %d bytes, got %d"
              .formatted(Arrays.toString(units), bytes(units), payload.length()));
    }
    FloatBuffer in =
        ByteBuffer.wrap(payload.toArray()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    List<CrossMoments> moments = new ArrayList<>();
    for (int count : units) {
      moments.add(CrossMoments.readFrom(in, count));
    }
    return moments;
  }

  /** What moments of points of so many units take. */
  static long bytes(int[] units) {
    return Arrays.stream(units).mapToLong(c -> (long) Float.BYTES * CrossMoments.values(c)).sum();
  }
}

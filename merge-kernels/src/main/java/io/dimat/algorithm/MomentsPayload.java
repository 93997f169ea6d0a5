package io.dimat.algorithm;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.protocol.Payload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Moments of a pair of models as mail: {@code 1 + 4 C + C^2} values per match point of C units, in
 * the order of the points.
 */
final class MomentsPayload {
  private MomentsPayload() {}

  static Payload of(List<CrossMoments> moments) {
    int values = moments.stream().mapToInt(m -> CrossMoments.values(m.units())).sum();
    ByteBuffer bytes = ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer out = bytes.asFloatBuffer();
    moments.forEach(m -> m.writeTo(out));
    return Payload.of(bytes.array());
  }

  /**
   * Reads moments.
   *
   * @param points the match points they were observed at, with their numbers of units
   */
  static List<CrossMoments> read(Payload payload, List<MatchPoint> points, int[] units) {
    FloatBuffer in =
        ByteBuffer.wrap(payload.toArray()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    List<CrossMoments> moments = new ArrayList<>();
    for (int p = 0; p < points.size(); p++) {
      moments.add(CrossMoments.readFrom(in, units[p]));
    }
    return moments;
  }
}

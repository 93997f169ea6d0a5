package io.dimat.compress;

import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;

/**
 * Compression that makes up later for what it leaves out (Stich et al., arXiv 1809.07599).
 *
 * <pre>
 * p = v + e;   c = Q(p);   e &lt;- p - c
 * </pre>
 *
 * so that over any number of steps {@code sum v = sum c + e} if e starts at zero.
 */
public record ErrorFeedback(Compressor compressor) implements Serializable {
  /**
   * One step.
   *
   * @param payload what travels
   * @param received {@code c}, what every receiver decodes
   * @param error {@code e} after the step
   */
  public record Sent(Payload payload, ParamVector received, ParamVector error) {}

  /**
   * Compresses {@code vector + error}.
   *
   * @param error left by the step before, zeros at first; of the vector's layout
   */
  public Sent send(ParamVector vector, ParamVector error, long seed) {
    ParamVector wanted = vector.plus(error);
    Payload payload = compressor.encode(wanted, seed);
    ParamVector received = compressor.decode(payload, vector.layout());
    return new Sent(payload, received, wanted.minus(received));
  }
}

package io.dimat.compress;

import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;

/**
 * A map {@code Q} from vectors to vectors that need few bytes. What {@link #decode} makes of a
 * payload is {@code Q(v)}, for the sender as for every receiver; the length of the payload is what
 * sending costs.
 *
 * <p>All but {@link Identity} store numbers as 32-bit floats, also of vectors in double precision:
 * guarantees hold up to that rounding, 2^-24 of a value, and for blocks whose norm a float can
 * hold. Values that are not finite are not refused: what they decode to may be anything, and it is
 * the run's own check that reports them.
 */
public interface Compressor extends Serializable {
  /** Name in configurations and reports. */
  String name();

  /**
   * The bytes of {@code Q(v)}: the same for the same vector and seed.
   *
   * @param vector any layout; not modified
   * @param seed of the random choices, if there are any
   */
  Payload encode(ParamVector vector, long seed);

  /**
   * {@code Q(v)}.
   *
   * @param payload made by an equal compressor of a vector of this layout
   */
  ParamVector decode(Payload payload, ParamLayout layout);

  /** Length of every payload for vectors of this layout. */
  long bytes(ParamLayout layout);

  /** True if {@code E Q(v) = v} over seeds, for every v. */
  boolean unbiased();

  /**
   * The largest delta in [0, 1] that is known to satisfy {@code E |Q(v) - v|^2 <= (1 - delta)
   * |v|^2} for every v of this layout; 0 promises nothing, and plain error feedback or CHOCO may
   * then diverge.
   */
  double contraction(ParamLayout layout);
}

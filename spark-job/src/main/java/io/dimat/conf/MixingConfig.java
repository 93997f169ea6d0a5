package io.dimat.conf;

import java.io.Serializable;
import java.util.List;

/**
 * The mixing matrix.
 *
 * @param matrix rows of W, read by {@link Name#MATRIX}; empty otherwise
 */
public record MixingConfig(Name name, List<List<Double>> matrix) implements Serializable {
  /** How W follows from the topology, or that it is given. */
  public enum Name {
    METROPOLIS_HASTINGS,
    UNIFORM,
    MATRIX
  }

  public MixingConfig {
    matrix = matrix.stream().map(List::copyOf).toList();
  }

  static MixingConfig of(ConfigValues values) {
    return new MixingConfig(
        values.get(ConfigKeys.MIXING_NAME), values.get(ConfigKeys.MIXING_MATRIX));
  }
}

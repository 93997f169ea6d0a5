package io.dimat.conf;

import java.io.Serializable;
import java.util.List;

/**
 * Who takes how much from whom.
 *
 * @param name one of {@link io.dimat.graph.Mixings#names()}
 * @param budget read by {@code matcha}: expected share of matchings in use
 * @param matrix rows of W, read by {@link io.dimat.graph.Mixings#MATRIX}; empty otherwise
 */
public record MixingConfig(String name, double budget, List<List<Double>> matrix)
    implements Serializable {
  public MixingConfig {
    matrix = matrix.stream().map(List::copyOf).toList();
  }

  static MixingConfig of(ConfigValues values) {
    return new MixingConfig(
        values.get(GraphKeys.MIXING_NAME),
        values.get(GraphKeys.MIXING_BUDGET),
        values.get(GraphKeys.MIXING_MATRIX));
  }
}

package io.dimat.compress;

import io.dimat.compress.Blocks.Block;
import io.dimat.tensor.ParamLayout;
import java.io.Serializable;

/**
 * How many values of every block are kept: {@code k = max(1, floor(fraction d))}.
 *
 * @param fraction in (0, 1]
 */
record Kept(double fraction, Blocks blocks) implements Serializable {
  /** So that a tenth of 70 is 7, whatever the last bit of the product says. */
  private static final double SLACK = 1e-9;

  Kept {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("a kept fraction is in (0, 1], got " + fraction);
    }
  }

  int of(Block block) {
    return (int) Math.max(1, Math.floor(fraction * block.length() + SLACK));
  }

  /** Values kept of a whole vector. */
  int of(ParamLayout layout) {
    return blocks.of(layout).stream().mapToInt(this::of).sum();
  }

  /** The least {@code k / d} of all blocks; 1 if there are none. */
  double least(ParamLayout layout) {
    return blocks.of(layout).stream()
        .mapToDouble(block -> (double) of(block) / block.length())
        .min()
        .orElse(1);
  }
}

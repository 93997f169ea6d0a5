package io.dimat.central;

import io.dimat.learn.OptimizerSpec;
import java.io.Serializable;

/**
 * How agents train between two averagings.
 *
 * @param every minibatches between two averagings, at least 1; {@link #ONCE_AN_EPOCH} for one
 *     averaging an epoch
 * @param batchSize images per step, at least 1; the last batch of an epoch may be smaller
 * @param optimizer its state is averaged like the parameters, and empty at the start of a round
 */
public record AveragingSettings(int every, int batchSize, OptimizerSpec optimizer)
    implements Serializable {
  /** As many minibatches as the largest shard has. */
  public static final int ONCE_AN_EPOCH = Integer.MAX_VALUE;

  public AveragingSettings {
    if (every < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "averaging needs every >= 1 minibatches and batch >= 1, got %d and %d"
              .formatted(every, batchSize));
    }
  }
}

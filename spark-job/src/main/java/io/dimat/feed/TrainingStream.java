package io.dimat.feed;

import io.dimat.learn.BatchSource;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.Seeds;
import io.dimat.shard.ImageBlock;
import java.io.Serializable;

/** The minibatches that an agent trains on, whatever trains it. */
public record TrainingStream(int agent, FeedSettings settings) implements Serializable {
  /** One pass over the shard: shuffled and augmented; the last batch may be smaller. */
  public BatchSource epoch(ImageBlock shard, int round, int epoch, int batchSize) {
    return batches(shard, round, epoch, batchSize);
  }

  /**
   * Some of the batches of {@link #epoch}.
   *
   * @param first of them, 0-based
   * @param count how many at most; fewer, or none, where the shard ends
   */
  public BatchSource part(
      ImageBlock shard, int round, int epoch, int batchSize, int first, int count) {
    return batches(shard, round, epoch, batchSize).part(first, count);
  }

  /**
   * Minibatches of the endless stream.
   *
   * @param first number of the first, counted over the whole run from 0
   */
  public BatchSource minibatches(ImageBlock shard, long first, int count, int batchSize) {
    return new MinibatchStream(agent, shard, settings, first, count, batchSize);
  }

  private ImageBatches batches(ImageBlock shard, int round, int epoch, int batchSize) {
    Seeds seeds = settings.seeds();
    return ImageBatches.training(
        shard,
        settings,
        batchSize,
        seeds.of(agent, round, Purpose.SHUFFLE, epoch),
        seeds.of(agent, round, Purpose.AUGMENT, epoch));
  }
}

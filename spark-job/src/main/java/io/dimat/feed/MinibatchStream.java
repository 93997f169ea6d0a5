package io.dimat.feed;

import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.Seeds;
import io.dimat.shard.ImageBlock;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A stretch of an agent's endless stream of minibatches. Minibatch t is the same whoever asks for
 * it, alone or among others: pass and place follow from t, order and augmentation from the pass.
 */
final class MinibatchStream implements BatchSource {
  /** Stands in seeds for "no round": the stream runs through all of them. */
  private static final int NO_ROUND = -1;

  private final int agent;
  private final ImageBlock shard;
  private final FeedSettings settings;
  private final long first;
  private final int count;
  private final int size;

  MinibatchStream(
      int agent, ImageBlock shard, FeedSettings settings, long first, int count, int size) {
    this.agent = agent;
    this.shard = shard;
    this.settings = settings;
    this.first = first;
    this.count = count;
    this.size = Math.min(size, shard.size());
  }

  @Override
  public int images() {
    return Math.multiplyExact(count, size);
  }

  @Override
  public Iterator<Batch> iterator() {
    int perPass = shard.size() / size;
    return new Iterator<>() {
      private long next = first;
      private long pass = -1;
      private ImageBatches batches;

      @Override
      public boolean hasNext() {
        return next < first + count;
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        if (next / perPass != pass) {
          pass = next / perPass;
          batches = pass(Math.toIntExact(pass));
        }
        return batches.batch((int) (next++ % perPass));
      }
    };
  }

  private ImageBatches pass(int number) {
    Seeds seeds = settings.seeds();
    return ImageBatches.training(
        shard,
        settings,
        size,
        seeds.of(agent, NO_ROUND, Purpose.SHUFFLE, number),
        seeds.of(agent, NO_ROUND, Purpose.AUGMENT, number));
  }
}

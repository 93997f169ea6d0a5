package io.dimat.algorithm.part;

import io.dimat.learn.BatchSource;
import io.dimat.protocol.LocalContext;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** How long an agent trains alone in a round. */
public sealed interface LocalWork extends Serializable {
  /** The minibatches of this round, in one or more passes. */
  List<BatchSource> batches(LocalContext context, int batchSize);

  /** Passes over the agent's shard: an agent with more images takes more steps. */
  record Epochs(int epochs) implements LocalWork {
    public Epochs {
      if (epochs < 1) {
        throw new IllegalArgumentException("epochs per round must be 1 or more, got " + epochs);
      }
    }

    @Override
    public List<BatchSource> batches(LocalContext context, int batchSize) {
      return IntStream.range(0, epochs)
          .mapToObj(epoch -> context.data().training(context.round(), epoch, batchSize))
          .toList();
    }
  }

  /**
   * Minibatches, as many for every agent: what makes rounds of different algorithms equally long.
   */
  record Steps(int steps) implements LocalWork {
    public Steps {
      if (steps < 1) {
        throw new IllegalArgumentException("steps per round must be 1 or more, got " + steps);
      }
    }

    @Override
    public List<BatchSource> batches(LocalContext context, int batchSize) {
      long first = (long) steps * (context.round() - 1);
      return List.of(context.data().minibatches(first, steps, batchSize));
    }
  }
}

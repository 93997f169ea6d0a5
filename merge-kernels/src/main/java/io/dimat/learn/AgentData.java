package io.dimat.learn;

/** Everything one agent may look at. Repeatable: the same call yields the same images. */
public interface AgentData {
  /** Number of training images in the agent's shard, at least 1. */
  int size();

  /** One pass over the shard, shuffled and augmented by a stream of (agent, round, epoch). */
  BatchSource training(int round, int epoch, int batchSize);

  /**
   * Consecutive minibatches of the agent's endless stream: the shard again and again, shuffled and
   * augmented anew in every pass, images that fill no whole minibatch left out of that pass. Who
   * asks does not matter: minibatch t is the same for every algorithm.
   *
   * @param first number of the first minibatch, counted over the whole run from 0
   * @param count at least 1
   * @param size images in each, or all images of a smaller shard
   */
  BatchSource minibatches(long first, int count, int size);

  /**
   * Unaugmented images for matching and batch-norm recalibration in this round, as the probe policy
   * says.
   */
  BatchSource probe(int round);

  /** Images held out for measuring, the same for all agents. */
  BatchSource test();
}

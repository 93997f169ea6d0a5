package io.dimat.learn;

/** Everything one agent may look at. Repeatable: the same call yields the same images. */
public interface AgentData {
  /** Number of training images in the agent's shard, at least 1. */
  int size();

  /** One pass over the shard, shuffled and augmented by a stream of (agent, round, epoch). */
  BatchSource training(int round, int epoch, int batchSize);

  /**
   * Unaugmented images for matching and batch-norm recalibration in this round, as the probe policy
   * says.
   */
  BatchSource probe(int round);

  /** Images held out for measuring, the same for all agents. */
  BatchSource test();
}

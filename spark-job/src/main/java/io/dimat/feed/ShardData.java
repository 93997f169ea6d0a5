package io.dimat.feed;

import io.dimat.learn.AgentData;
import io.dimat.learn.BatchSource;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.Seeds;
import io.dimat.shard.ImageBlock;
import java.util.Optional;

/** What one agent may look at: its shard, the test images, and nobody else's data by default. */
public final class ShardData implements AgentData {
  private final int agent;
  private final ImageBlock shard;
  private final ImageBlock test;
  private final Optional<ImageBlock> union;
  private final FeedSettings settings;

  /**
   * One agent's view.
   *
   * @param union a sample of all agents' images; present only under the probe policy "union", which
   *     is not decentralized
   */
  public ShardData(
      int agent,
      ImageBlock shard,
      ImageBlock test,
      Optional<ImageBlock> union,
      FeedSettings settings) {
    this.agent = agent;
    this.shard = shard;
    this.test = test;
    this.union = union;
    this.settings = settings;
  }

  @Override
  public int size() {
    return shard.size();
  }

  @Override
  public BatchSource training(int round, int epoch, int batchSize) {
    return new TrainingStream(agent, settings).epoch(shard, round, epoch, batchSize);
  }

  @Override
  public BatchSource minibatches(long first, int count, int size) {
    return new MinibatchStream(agent, shard, settings, first, count, size);
  }

  @Override
  public BatchSource probe(int round) {
    ImageBlock images = union.orElse(shard);
    int owner = union.isPresent() ? Seeds.SHARED : agent;
    int wanted = Math.min(settings.probeImages(), images.size());
    long seed = settings.seeds().of(owner, round, Purpose.PROBE);
    return ImageBatches.plain(images.sample(wanted, seed), settings.normalization());
  }

  @Override
  public BatchSource test() {
    return ImageBatches.plain(test, settings.normalization());
  }
}

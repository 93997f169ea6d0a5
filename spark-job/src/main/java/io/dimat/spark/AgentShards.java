package io.dimat.spark;

import io.dimat.feed.FeedSettings;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.Seeds;
import io.dimat.shard.FeatureSkew;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.Shards;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** All agents' images where their tasks run: read once, kept by the executors until closed. */
public final class AgentShards implements AutoCloseable {
  private final JavaRDD<ImageBlock> blocks;

  private AgentShards(JavaRDD<ImageBlock> blocks) {
    this.blocks = blocks;
  }

  /** As they are stored. Nothing is read before the first task asks. */
  public static AgentShards open(Shards shards, SparkSession session) {
    return open(shards, session, FeatureSkew.NONE);
  }

  /**
   * As agents see them, in training and in probes, the probe of all agents included. Nothing is
   * read before the first task asks.
   */
  public static AgentShards open(Shards shards, SparkSession session, FeatureSkew skew) {
    int agents = shards.manifest().agents().size();
    return new AgentShards(
        shards
            .train(session)
            .mapPartitionsWithIndex(
                (agent, blocks) -> List.of(skew.apply(blocks.next(), agent, agents)).iterator(),
                true)
            .persist(StorageLevel.MEMORY_AND_DISK()));
  }

  /** Partition i holds agent i's images, nothing else. */
  public JavaRDD<ImageBlock> blocks() {
    return blocks;
  }

  /**
   * The probe of the official code: images of every agent, for every agent to see, as many from
   * each as make up one probe, rounded up. Not decentralized; offered to reproduce published
   * numbers.
   */
  public ImageBlock unionProbe(FeedSettings feed) {
    int agents = blocks.getNumPartitions();
    int each = (feed.probeImages() + agents - 1) / agents;
    long seed = feed.seeds().of(Seeds.SHARED, 0, Purpose.PROBE);
    List<ImageBlock> samples =
        blocks.map(block -> block.sample(Math.min(each, block.size()), seed)).collect();
    return ImageBlock.union(samples);
  }

  @Override
  public void close() {
    blocks.unpersist();
  }
}

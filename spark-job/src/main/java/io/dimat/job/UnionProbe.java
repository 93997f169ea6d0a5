package io.dimat.job;

import io.dimat.feed.FeedSettings;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.Seeds;
import io.dimat.shard.ImageBlock;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The probe of the official code: images of every agent, seen by every agent. Not decentralized;
 * offered to reproduce published numbers.
 */
final class UnionProbe {
  private UnionProbe() {}

  /** As many images from every agent as make up one probe, rounded up. */
  static ImageBlock sample(JavaRDD<ImageBlock> shards, FeedSettings feed, int agents) {
    int each = (feed.probeImages() + agents - 1) / agents;
    long seed = feed.seeds().of(Seeds.SHARED, 0, Purpose.PROBE);
    List<ImageBlock> samples =
        shards.map(block -> block.sample(Math.min(each, block.size()), seed)).collect();
    return ImageBlock.union(samples);
  }
}

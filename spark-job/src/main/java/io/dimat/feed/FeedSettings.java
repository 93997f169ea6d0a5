package io.dimat.feed;

import io.dimat.protocol.Seeds;
import io.dimat.shard.Augmentation;
import io.dimat.source.Normalization;
import java.io.Serializable;

/**
 * How images become batches, the same for all agents.
 *
 * @param augmentation of training images; probe and test images are never changed
 * @param probeImages per probe, at least 1; a smaller shard is used whole
 */
public record FeedSettings(
    Normalization normalization, Augmentation augmentation, int probeImages, Seeds seeds)
    implements Serializable {
  /** Most images per batch where nothing is learned from the batch: probes and evaluation. */
  static final int FORWARD_BATCH = 128;

  public FeedSettings {
    if (probeImages < 1) {
      throw new IllegalArgumentException("a probe needs at least 1 image, got " + probeImages);
    }
  }
}

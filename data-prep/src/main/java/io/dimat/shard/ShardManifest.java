package io.dimat.shard;

import io.dimat.partition.LabelSkew;
import io.dimat.source.DataException;
import java.io.Serializable;
import java.util.List;

/**
 * What a shard folder holds. Written last, so a folder without a valid one was never finished.
 *
 * @param format version of this format, {@value #FORMAT}
 * @param agents agent i's block at position i
 * @param test the published test images
 * @param validation the block of images held out of the training data, or nothing
 */
public record ShardManifest(
    int format, ShardSpec spec, List<BlockFile> agents, BlockFile test, List<BlockFile> validation)
    implements Serializable {
  /** The version that this code writes and reads. */
  public static final int FORMAT = 1;

  private static final long serialVersionUID = 1L;

  public ShardManifest {
    agents = List.copyOf(agents);
    validation = List.copyOf(validation);
    if (format != FORMAT) {
      throw new DataException(
          "shard format %d can be read, got %d; prepare the shards again"
              .formatted(FORMAT, format));
    }
    if (agents.size() != spec.agents()) {
      throw new DataException(
          "a manifest has one block per agent, got %d for %d agents"
              .formatted(agents.size(), spec.agents()));
    }
  }

  /** How much the agents' labels differ. */
  public LabelSkew labelSkew() {
    return LabelSkew.of(agents.stream().map(BlockFile::histogram).toList());
  }
}

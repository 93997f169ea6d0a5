package io.dimat.conf;

import io.dimat.partition.PartitionSettings;
import io.dimat.shard.FeatureSkew;
import java.io.Serializable;

/**
 * Where images come from and how agents share them.
 *
 * @param path folder of the official files, or their archive; empty if not set
 * @param partition what the partitioner can be told
 * @param validation fraction of the training images held out
 * @param padding zero pixels on every side before a random crop
 * @param limit training images taken in all; 0 for all
 * @param featureSkew how agents' own images differ
 */
public record DataConfig(
    String source,
    String path,
    String partitioner,
    PartitionSettings partition,
    double validation,
    Augment augment,
    int padding,
    int limit,
    Skew featureSkew)
    implements Serializable {
  /** Random changes to training images. */
  public enum Augment {
    NONE,
    FLIP,
    CROP,
    CROP_FLIP;

    public boolean flips() {
      return this == FLIP || this == CROP_FLIP;
    }

    public boolean crops() {
      return this == CROP || this == CROP_FLIP;
    }
  }

  /**
   * A fixed change of an agent's own images.
   *
   * @param strength of the last agent's, in the kind's own unit; 0 if not set
   */
  public record Skew(FeatureSkew.Kind kind, double strength) implements Serializable {}

  static DataConfig of(ConfigValues values) {
    return new DataConfig(
        values.get(DataKeys.SOURCE),
        values.get(DataKeys.PATH),
        values.get(DataKeys.PARTITIONER),
        new PartitionSettings(
            values.get(DataKeys.ALPHA),
            values.get(DataKeys.BETA),
            values.get(DataKeys.SHARDS_PER_AGENT),
            values.get(DataKeys.CLASSES_PER_AGENT),
            values.get(DataKeys.MIN_IMAGES)),
        values.get(DataKeys.VALIDATION),
        values.get(DataKeys.AUGMENT),
        values.get(DataKeys.PADDING),
        values.get(DataKeys.LIMIT),
        new Skew(values.get(DataKeys.FEATURE_SKEW), values.get(DataKeys.FEATURE_SKEW_STRENGTH)));
  }
}

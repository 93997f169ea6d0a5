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
        values.get(ConfigKeys.DATA_SOURCE),
        values.get(ConfigKeys.DATA_PATH),
        values.get(ConfigKeys.DATA_PARTITIONER),
        new PartitionSettings(
            values.get(ConfigKeys.DATA_ALPHA),
            values.get(ConfigKeys.DATA_BETA),
            values.get(ConfigKeys.DATA_SHARDS_PER_AGENT),
            values.get(ConfigKeys.DATA_CLASSES_PER_AGENT),
            values.get(ConfigKeys.DATA_MIN_IMAGES)),
        values.get(ConfigKeys.DATA_VALIDATION),
        values.get(ConfigKeys.DATA_AUGMENT),
        values.get(ConfigKeys.DATA_PADDING),
        values.get(ConfigKeys.DATA_LIMIT),
        new Skew(
            values.get(ConfigKeys.DATA_FEATURE_SKEW),
            values.get(ConfigKeys.DATA_FEATURE_SKEW_STRENGTH)));
  }
}

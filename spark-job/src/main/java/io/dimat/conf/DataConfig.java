package io.dimat.conf;

import java.io.Serializable;

/**
 * Where images come from and how agents share them.
 *
 * @param path folder of the official files, or their archive; empty if not set
 * @param alpha concentration of the Dirichlet partitioner; 0 if not set
 * @param validation fraction of the training images held out
 * @param padding zero pixels on every side before a random crop
 * @param limit training images taken in all; 0 for all
 * @param minImages fewest training images an agent may get
 */
public record DataConfig(
    String source,
    String path,
    String partitioner,
    double alpha,
    double validation,
    Augment augment,
    int padding,
    int limit,
    int minImages)
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

  static DataConfig of(ConfigValues values) {
    return new DataConfig(
        values.get(ConfigKeys.DATA_SOURCE),
        values.get(ConfigKeys.DATA_PATH),
        values.get(ConfigKeys.DATA_PARTITIONER),
        values.get(ConfigKeys.DATA_ALPHA),
        values.get(ConfigKeys.DATA_VALIDATION),
        values.get(ConfigKeys.DATA_AUGMENT),
        values.get(ConfigKeys.DATA_PADDING),
        values.get(ConfigKeys.DATA_LIMIT),
        values.get(ConfigKeys.DATA_MIN_IMAGES));
  }
}

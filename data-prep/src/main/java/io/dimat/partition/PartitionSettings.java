package io.dimat.partition;

import java.io.Serializable;

/**
 * What partitioners can be told; each reads some of it, as {@link Partitioners#reads} says.
 *
 * @param alpha concentration of labels
 * @param beta concentration of shard sizes
 * @param shardsPerAgent pieces of the images sorted by class
 * @param classesPerAgent different classes
 * @param minimum images per agent that a draw must reach to be taken, at least 1
 */
public record PartitionSettings(
    double alpha, double beta, int shardsPerAgent, int classesPerAgent, int minimum)
    implements Serializable {
  /** Nothing is set. */
  public static final PartitionSettings NONE = new PartitionSettings(0, 0, 0, 0, 1);

  /** A value that a partitioner either needs or does not read; 0 stands for "not set". */
  public enum Setting {
    ALPHA("a number above 0"),
    BETA("a number above 0"),
    SHARDS_PER_AGENT("an integer above 0"),
    CLASSES_PER_AGENT("an integer above 0");

    private final String allowed;

    Setting(String allowed) {
      this.allowed = allowed;
    }

    /** What it may be, in words. */
    public String allowed() {
      return allowed;
    }
  }

  /** The value of a setting, 0 if it is not set. */
  public Number value(Setting setting) {
    return switch (setting) {
      case ALPHA -> alpha;
      case BETA -> beta;
      case SHARDS_PER_AGENT -> shardsPerAgent;
      case CLASSES_PER_AGENT -> classesPerAgent;
    };
  }
}

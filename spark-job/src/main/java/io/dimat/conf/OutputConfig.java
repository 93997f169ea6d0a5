package io.dimat.conf;

import java.io.Serializable;

/**
 * Where a run is written (keys {@code run.*}).
 *
 * @param out the output folder, as a path or a Hadoop URI
 * @param keepRounds newest rounds whose agents' states stay; 0 for all
 */
public record OutputConfig(String out, Resume resume, int keepRounds) implements Serializable {
  /** What to do with an output folder that holds committed rounds of this run. */
  public enum Resume {
    /** Go on where it stopped, or begin. */
    AUTO,
    /** Begin; refuse a folder with rounds. */
    NEVER,
    /** Go on; refuse a folder without rounds. */
    MUST
  }

  static OutputConfig of(ConfigValues values) {
    return new OutputConfig(
        values.get(OutputKeys.OUT),
        values.get(OutputKeys.RESUME),
        values.get(OutputKeys.KEEP_ROUNDS));
  }
}

package io.dimat.job;

import io.dimat.shard.ShardWriter;
import io.dimat.shard.Shards;
import io.dimat.store.RunFolder;

/**
 * The shards of a run: opened if they are finished, else made.
 *
 * @param home folder that they are a part of
 * @param name their place in it
 */
record RunShards(RunFolder home, String name) {
  /** Their place in the output folder of a run. */
  static final String FOLDER = "shards";

  /** The shards that a run has for itself. */
  static RunShards of(RunFolder run) {
    return new RunShards(run, FOLDER);
  }

  /**
   * Opens or makes the shards.
   *
   * @throws io.dimat.source.DataException if they cannot be made, or their place holds something
   *     else; a place that was not there before is gone again then
   */
  Shards openOrMake(JobPlan plan, Session session) {
    boolean begunEarlier = home.names().contains(name);
    try {
      return new ShardWriter(session.sql(), home.path(name), plan.source(), plan.division())
          .openOrWrite();
    } catch (Exception e) { // Spark throws checked exceptions that its Java signatures hide
      if (!begunEarlier) {
        home.deleteTree(name);
      }
      throw e;
    }
  }
}

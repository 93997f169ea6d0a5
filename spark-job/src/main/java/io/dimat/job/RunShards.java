package io.dimat.job;

import io.dimat.shard.ShardWriter;
import io.dimat.shard.Shards;
import io.dimat.store.RunFolder;

/** The shards of a run: opened if they are finished, else made. */
final class RunShards {
  /** Their place in the output folder. */
  static final String FOLDER = "shards";

  private RunShards() {}

  /**
   * Opens or makes the shards.
   *
   * @throws io.dimat.source.DataException if they cannot be made, or their place holds something
   *     else; a place that was not there before is gone again then
   */
  static Shards openOrMake(JobPlan plan, Session session, RunFolder folder) {
    boolean begunEarlier = folder.names().contains(FOLDER);
    try {
      return new ShardWriter(session.sql(), folder.path(FOLDER), plan.source(), plan.division())
          .openOrWrite();
    } catch (RuntimeException e) {
      if (!begunEarlier) {
        folder.deleteTree(FOLDER);
      }
      throw e;
    }
  }
}

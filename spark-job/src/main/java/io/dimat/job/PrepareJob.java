package io.dimat.job;

import io.dimat.cli.JobOptions;
import io.dimat.conf.RunConfig;
import io.dimat.shard.HistogramTable;
import io.dimat.shard.ShardWriter;
import io.dimat.shard.Shards;
import io.dimat.store.RunFolder;

/** Makes the shards of a run, as the main job would, and shows who holds what. */
final class PrepareJob {
  private PrepareJob() {}

  static void run(RunConfig config, JobOptions options) {
    JobPlan plan = JobPlan.of(config);
    try (Session session = Session.open("dimat prepare", options.master())) {
      RunFolder folder = session.folder(config.run().out());
      Shards shards =
          new ShardWriter(
                  session.sql(), folder.path("shards").toString(), plan.source(), plan.division())
              .openOrWrite();
      options.out().println(new HistogramTable(shards.manifest()));
      options.out().println("shards are in " + shards.folder());
    }
  }
}

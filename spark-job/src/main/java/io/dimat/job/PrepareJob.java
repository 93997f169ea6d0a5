package io.dimat.job;

import io.dimat.cli.JobOptions;
import io.dimat.conf.RunConfig;
import io.dimat.shard.HistogramTable;
import io.dimat.shard.Shards;
import io.dimat.store.Lease;
import io.dimat.store.NewFolders;
import io.dimat.store.RunFolder;
import java.time.Clock;

/** Makes the shards of a run, as the main job would, and shows who holds what. */
final class PrepareJob {
  private PrepareJob() {}

  static void run(RunConfig config, JobOptions options) {
    JobPlan plan = JobPlan.of(config);
    Describe.featureSkew(config).ifPresent(note -> options.out().println("note: " + note));
    try (Session session = Session.open("dimat prepare", options.master())) {
      RunFolder folder = session.folder(config.run().out());
      new OutputFolder(folder, config).requireUsable();
      NewFolders created = NewFolders.before(folder);
      Lease lease = Lease.claim(folder, Clock.systemUTC());
      try {
        Shards shards = RunShards.of(folder).openOrMake(plan, session);
        options.out().println(new HistogramTable(shards.manifest()));
        options.out().println(Describe.labelSkew(shards));
        options.out().println("shards are in " + folder.path(RunShards.FOLDER));
      } finally {
        lease.close();
        created.deleteEmpty();
      }
    }
  }
}

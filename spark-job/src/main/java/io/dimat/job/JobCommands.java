package io.dimat.job;

import io.dimat.cli.Commands;
import io.dimat.cli.ExportRequest;
import io.dimat.cli.JobOptions;
import io.dimat.cli.MergeRequest;
import io.dimat.conf.CompareConfig;
import io.dimat.conf.RunConfig;
import io.dimat.store.RunFolder;
import java.io.IOException;
import java.nio.file.Path;

/** What the command line starts. */
final class JobCommands implements Commands {
  @Override
  public void train(RunConfig config, JobOptions options) {
    TrainJob.run(config, options);
  }

  @Override
  public void compare(CompareConfig config, JobOptions options) {
    CompareJob.run(config, options);
  }

  @Override
  public void prepare(RunConfig config, JobOptions options) {
    PrepareJob.run(config, options);
  }

  @Override
  public void plan(RunConfig config, JobOptions options) {
    new PlanJob(JobPlan.of(config)).print(options.out());
  }

  @Override
  public void planComparison(CompareConfig config, JobOptions options) {
    new PlanComparison(ComparePlan.of(config), options.out()).print();
  }

  @Override
  public void report(Path runFolder, JobOptions options) {
    RunFolder folder = RunFolder.onDefaultStorage(runFolder.toString());
    new RunRecord(folder).writeReport();
    options.out().println(folder.path(RunRecord.REPORT));
  }

  @Override
  public void merge(MergeRequest request, JobOptions options) throws IOException {
    MergeJob.run(request, options);
  }

  @Override
  public void export(ExportRequest request, JobOptions options) {
    ExportJob.run(request, options.out());
  }
}

package io.dimat.cli;

import io.dimat.conf.CompareConfig;
import io.dimat.conf.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that note what they were asked to do, and fail on demand. */
final class RecordingCommands implements Commands {
  final List<String> calls = new ArrayList<>();
  RunConfig config;
  CompareConfig comparison;
  ExportRequest export;
  MergeRequest merge;
  JobOptions options;
  Exception failure;

  @Override
  public void train(RunConfig asked, JobOptions with) throws Exception {
    note("train", asked, with);
  }

  @Override
  public void compare(CompareConfig asked, JobOptions with) throws Exception {
    comparison = asked;
    note("compare", null, with);
  }

  @Override
  public void prepare(RunConfig asked, JobOptions with) throws Exception {
    note("prepare", asked, with);
  }

  @Override
  public void plan(RunConfig asked, JobOptions with) throws Exception {
    note("plan", asked, with);
  }

  @Override
  public void planComparison(CompareConfig asked, JobOptions with) throws Exception {
    comparison = asked;
    note("plan comparison", null, with);
  }

  @Override
  public void report(Path runFolder, JobOptions with) throws Exception {
    note("report " + runFolder.getFileName(), null, with);
  }

  @Override
  public void export(ExportRequest request, JobOptions with) throws Exception {
    export = request;
    note("export", null, with);
  }

  @Override
  public void merge(MergeRequest request, JobOptions with) throws Exception {
    merge = request;
    note("merge", null, with);
  }

  private void note(String call, RunConfig asked, JobOptions with) throws Exception {
    calls.add(call);
    config = asked;
    options = with;
    if (failure != null) {
      throw failure;
    }
  }
}

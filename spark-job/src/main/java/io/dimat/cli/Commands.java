package io.dimat.cli;

import io.dimat.conf.CompareConfig;
import io.dimat.conf.RunConfig;
import java.nio.file.Path;

/**
 * What the command line starts. An implementation validates before it writes. It throws {@link
 * IllegalArgumentException} or a data exception for what a user can correct, {@link
 * RunFailedException} for what went wrong after that; {@link ExitCode#of} tells the whole rule.
 */
public interface Commands {
  /** Runs or resumes the main job. */
  void train(RunConfig config, JobOptions options) throws Exception;

  /** Runs or resumes several algorithms, and writes one table and one report. */
  void compare(CompareConfig config, JobOptions options) throws Exception;

  /** Writes the shards and prints every agent's label histogram. */
  void prepare(RunConfig config, JobOptions options) throws Exception;

  /** Validates, then prints what a run would cost; trains nothing. */
  void plan(RunConfig config, JobOptions options) throws Exception;

  /** Validates, then prints what a comparison would run and cost; trains nothing. */
  void planComparison(CompareConfig config, JobOptions options) throws Exception;

  /** Builds the report of a run again. */
  void report(Path runFolder, JobOptions options) throws Exception;

  /** Writes models of a run as model files. */
  void export(ExportRequest request, JobOptions options) throws Exception;

  /**
   * Merges model files and writes the model with its report.
   *
   * @throws MergeRefusedException if the model is too bad to be written
   */
  void merge(MergeRequest request, JobOptions options) throws Exception;
}

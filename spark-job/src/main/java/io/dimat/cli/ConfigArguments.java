package io.dimat.cli;

import io.dimat.conf.CompareConfig;
import io.dimat.conf.CompareLoader;
import io.dimat.conf.ConfigLoader;
import io.dimat.conf.OutputConfig.Resume;
import io.dimat.conf.RunConfig;
import io.dimat.conf.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that describe a run. Picocli sets the fields. */
final class ConfigArguments {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CONF",
      description = "HOCON file; without it, a small example on the embedded Fashion-MNIST sample.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one key; repeatable. Keys: docs/configuration.md.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", description = "Output folder; key run.out.")
  private Optional<String> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "MODE",
      converter = ResumeConverter.class,
      completionCandidates = ResumeConverter.class,
      description = "One of ${COMPLETION-CANDIDATES}; key run.resume.")
  private Optional<Resume> resume = Optional.empty();

  /**
   * The configuration that the arguments describe.
   *
   * @throws io.dimat.conf.ConfigException with all its problems
   */
  RunConfig load() {
    return ConfigLoader.load(file, all());
  }

  /**
   * The comparison that the arguments describe.
   *
   * @throws io.dimat.conf.ConfigException with all problems of what is compared
   */
  CompareConfig loadComparison() {
    return CompareLoader.load(file, all());
  }

  /** Whether file or options describe a comparison; false if they cannot be read. */
  boolean isComparison() {
    return CompareLoader.isComparison(file, sets);
  }

  private List<String> all() {
    List<String> all = new ArrayList<>(sets);
    out.ifPresent(folder -> all.add("run.out=" + folder));
    resume.ifPresent(mode -> all.add("run.resume=" + Spelling.of(mode)));
    return all;
  }
}

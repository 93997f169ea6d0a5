package io.dimat.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The arguments that say where a command runs. Picocli sets the field. */
final class SparkArguments {
  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master. Locally: local[*,4], all cores and four tries for each task.")
  private Optional<String> master = Optional.empty();

  JobOptions options(Surroundings around) {
    return around.options(master);
  }
}

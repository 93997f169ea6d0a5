package io.dimat.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;

/** Builds a run's report again. */
final class ReportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Output folder of a run.")
  private Path folder;

  private final Surroundings around;
  private final Commands commands;

  ReportCommand(Surroundings around, Commands commands) {
    this.around = around;
    this.commands = commands;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "report needs the output folder of a run, got " + folder + ", which is no folder");
    }
    commands.report(folder, around.options(Optional.empty()));
    return ExitCode.DONE.number();
  }
}

package io.dimat.cli;

import io.dimat.cli.ExportRequest.Existing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes models of a run as model files. Picocli sets the fields. */
final class ExportCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Output folder of a run, finished or not.")
  private String run;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "consensus",
      description = "consensus or agent-N; repeatable; default: ${DEFAULT-VALUE}.")
  private List<String> models;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "safetensors, zip (DL4J) or onnx; repeatable.")
  private List<String> formats;

  @Option(
      names = "--round",
      paramLabel = "N",
      description = "A committed round; default: the last one.")
  private Optional<Integer> round = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "PATH",
      required = true,
      description =
          "The file to write; for several models or formats, or where PATH is a folder, the folder"
              + " of files MODEL.FORMAT.")
  private Path out;

  @Option(names = "--force", description = "Replace files that exist; without it they are refused.")
  private boolean force;

  private final Surroundings around;
  private final Commands commands;

  ExportCommand(Surroundings around, Commands commands) {
    this.around = around;
    this.commands = commands;
  }

  @Override
  public Integer call() throws Exception {
    commands.export(
        new ExportRequest(
            run,
            models,
            formats,
            round.map(OptionalInt::of).orElse(OptionalInt.empty()),
            out,
            force ? Existing.REPLACE : Existing.REFUSE),
        around.options(Optional.empty()));
    return ExitCode.DONE.number();
  }
}

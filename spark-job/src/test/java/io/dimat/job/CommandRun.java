package io.dimat.job;

import io.dimat.LocalSession;
import io.dimat.cli.DimatCli;
import io.dimat.cli.ExitCode;
import io.dimat.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** One command line, run in this process up to its exit code. */
record CommandRun(ExitCode code, String out, String err) {
  /** Three agents that look at 40 images each: seconds, not minutes. */
  private static final List<String> SMALL =
      List.of(
          "seed=5",
          "agents=3",
          "rounds=2",
          "data.limit=120",
          "pretrain.epochs=1",
          "train.epochs-per-round=1",
          "train.batch=20",
          "merge.probe-images=20",
          "evaluate.images=50");

  static CommandRun of(String... arguments) {
    LocalSession.get();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings around =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Properties());
    ExitCode code =
        new DimatCli(around, new JobCommands(), List.of(), DimatJob.MODEL_READERS).run(arguments);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A command on the small run; later settings win over earlier ones. */
  static CommandRun small(String command, Path out, String... settings) {
    return of(arguments(command, out, settings).toArray(String[]::new));
  }

  static List<String> arguments(String command, Path out, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(command, "--out", out.toString()));
    for (String setting : SMALL) {
      arguments.addAll(List.of("--set", setting));
    }
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments;
  }
}

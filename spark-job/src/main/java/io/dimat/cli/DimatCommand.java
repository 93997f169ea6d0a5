package io.dimat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: it shows its help. */
@Command(
    name = "dimat",
    description =
        "Decentralized deep learning by activation matching, as a retryable Spark batch job.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "First steps:",
      "  submit/dimat doctor            is this machine ready?",
      "  submit/dimat plan              what will the quickstart do?",
      "  submit/dimat train             run it",
      "",
      "Exit codes: 0 done, 2 bad input, 3 run failed, 4 merge refused, 130 interrupted."
    })
final class DimatCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

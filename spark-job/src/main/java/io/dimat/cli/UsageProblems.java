package io.dimat.cli;

import io.dimat.conf.Nearest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Wrong arguments, with the nearest right one. */
final class UsageProblems implements IParameterExceptionHandler {
  private final Problems problems;

  UsageProblems(Problems problems) {
    this.problems = problems;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      unmatched.getUnmatched().stream().limit(1).forEach(word -> unknown(word, command));
    } else {
      problems.print(failure.getMessage());
    }
    problems.print("see " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.BAD_INPUT.number();
  }

  private void unknown(String argument, CommandLine command) {
    String word = argument.replaceFirst("=.*", "");
    boolean option = word.startsWith("-");
    Set<String> known = new TreeSet<>(command.getCommandSpec().optionsMap().keySet());
    if (!option) {
      known.clear();
      known.addAll(command.getSubcommands().keySet());
    }
    Optional<String> nearest = Nearest.to(word, known);
    String what = option ? "an option" : known.isEmpty() ? "an argument" : "a command";
    problems.print(
        word
            + " is not "
            + what
            + " of "
            + command.getCommandSpec().qualifiedName()
            + nearest.map(n -> "; did you mean " + n + "?").orElse(""));
  }
}

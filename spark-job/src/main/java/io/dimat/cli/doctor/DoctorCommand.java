package io.dimat.cli.doctor;

import io.dimat.cli.ExitCode;
import io.dimat.cli.doctor.Finding.Status;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** Runs every check and prints a table; a failed check makes the command fail. */
public final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Output folder to check; default: ${DEFAULT-VALUE}.")
  private Path folder;

  private final PrintStream out;
  private final List<Check> more;
  private final Properties properties;

  /**
   * @param more checks, run after those of the machine
   */
  public DoctorCommand(PrintStream out, List<Check> more, Properties properties) {
    this.out = out;
    this.more = List.copyOf(more);
    this.properties = properties;
  }

  @Override
  public Integer call() {
    List<Check> checks = new ArrayList<>(MachineChecks.all(folder, properties));
    checks.addAll(more);
    int fails = 0;
    int warnings = 0;
    for (Check check : checks) {
      Finding finding = look(check);
      print(check.name(), finding);
      fails += finding.status() == Status.FAIL ? 1 : 0;
      warnings += finding.status() == Status.WARN ? 1 : 0;
    }
    out.println();
    out.println(verdict(fails, warnings));
    return (fails == 0 ? ExitCode.DONE : ExitCode.RUN_FAILED).number();
  }

  private static Finding look(Check check) {
    try {
      return check.run();
    } catch (Exception | LinkageError e) {
      return Finding.fail(e.toString().lines().findFirst().orElse(""), "see the log for details");
    }
  }

  private void print(String name, Finding finding) {
    String status = finding.status().name().toLowerCase(Locale.ROOT);
    out.printf(Locale.ROOT, "%-5s %-15s %s%n", status, name, finding.found());
    if (!finding.advice().isEmpty()) {
      out.printf(Locale.ROOT, "%-5s %-15s -> %s%n", "", "", finding.advice());
    }
  }

  private static String verdict(int fails, int warnings) {
    if (fails > 0) {
      return "not ready: " + fails + " to fix";
    }
    return warnings == 0 ? "ready" : "ready, with " + warnings + " to look at";
  }
}

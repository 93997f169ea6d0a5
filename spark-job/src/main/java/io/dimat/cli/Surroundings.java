package io.dimat.cli;

import io.dimat.cli.JobOptions.Screen;
import java.io.PrintStream;
import java.util.Optional;
import java.util.Properties;

/**
 * What the process around the command line offers.
 *
 * @param out for results
 * @param err for problems, one line each
 * @param properties of the JVM; read are {@code dimat.launcher}, {@code dimat.terminal} and {@code
 *     dimat.log}, all set by {@code submit/dimat}
 */
public record Surroundings(PrintStream out, PrintStream err, Properties properties) {
  private static final String LOCAL_MASTER = "local[*,4]";

  /** True under {@code submit/dimat}: the process is ours and may be ended. */
  public boolean launcher() {
    return Boolean.parseBoolean(properties.getProperty("dimat.launcher"));
  }

  Screen screen() {
    boolean terminal = Boolean.parseBoolean(properties.getProperty("dimat.terminal"));
    return terminal ? Screen.TERMINAL : Screen.LINES;
  }

  /** The file that holds stack traces and Spark's messages. */
  Optional<String> log() {
    return Optional.ofNullable(properties.getProperty("dimat.log"));
  }

  /** Local mode where nobody else chose a master; there, tasks are tried four times. */
  JobOptions options(Optional<String> master) {
    Optional<String> fallback = launcher() ? Optional.of(LOCAL_MASTER) : Optional.empty();
    return new JobOptions(master.or(() -> fallback), out, err, screen(), "");
  }
}

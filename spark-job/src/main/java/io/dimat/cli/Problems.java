package io.dimat.cli;

import io.dimat.source.DataException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as lines for people on the error stream; stack traces go to the log only. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String PREFIX = "dimat: ";

  private final Surroundings around;

  Problems(Surroundings around) {
    this.around = around;
  }

  void print(String message) {
    message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> around.err().println(PREFIX + line));
  }

  /** Prints a failure and says how the command ended. */
  ExitCode report(Throwable failure) {
    ExitCode code = ExitCode.of(failure);
    switch (code) {
      case RUN_FAILED -> {
        LOG.error("run failed", failure);
        print(text(failure));
        around.log().ifPresent(log -> print("details are in " + log));
      }
      case INTERRUPTED -> print(InterruptNotice.MESSAGE);
      default -> {
        LOG.info("refused", failure);
        print(text(failure));
      }
    }
    return code;
  }

  private static String text(Throwable failure) {
    Optional<DataException> data = DataException.behind(failure);
    if (data.isPresent() && !(failure instanceof RunFailedException)) {
      return data.get().getMessage();
    }
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    boolean ours = failure.getClass().getName().startsWith("io.dimat.");
    boolean validator = failure instanceof IllegalArgumentException;
    return ours || validator ? message : failure.getClass().getSimpleName() + ": " + message;
  }
}

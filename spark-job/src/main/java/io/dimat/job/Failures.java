package io.dimat.job;

import java.util.ArrayDeque;
import java.util.Deque;

/** Finds, behind what Spark throws, what a person can act on. */
final class Failures {
  private static final String OUT_OF_MEMORY =
      "Java ran out of memory: give it more, for example DIMAT_JAVA_OPTS=-Xmx8g, or run fewer tasks at once, for example --master local[1,4]";

  private Failures() {}

  /** Spark tells of a task's failure in words only. */
  private static boolean isOutOfMemory(Throwable failure) {
    return failure instanceof OutOfMemoryError
        || (failure.getMessage() != null && failure.getMessage().contains("OutOfMemoryError"));
  }

  /** One line: the innermost message of ours if there is one, else the innermost of all. */
  static String reason(Throwable failure) {
    Deque<Throwable> chain = new ArrayDeque<>();
    for (Throwable t = failure; t != null && !chain.contains(t); t = t.getCause()) {
      chain.push(t);
    }
    if (chain.stream().anyMatch(Failures::isOutOfMemory)) {
      return OUT_OF_MEMORY;
    }
    Throwable told =
        chain.stream()
            .filter(t -> t.getClass().getName().startsWith("io.dimat."))
            .findFirst()
            .orElse(chain.peek());
    String message =
        told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
    return message.lines().findFirst().orElse(message);
  }
}

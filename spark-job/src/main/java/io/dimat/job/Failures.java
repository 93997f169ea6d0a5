package io.dimat.job;

import java.util.ArrayDeque;
import java.util.Deque;

/** Finds, behind what Spark throws, what a person can act on. */
final class Failures {
  private Failures() {}

  /** One line: the innermost message of ours if there is one, else the innermost of all. */
  static String reason(Throwable failure) {
    Deque<Throwable> chain = new ArrayDeque<>();
    for (Throwable t = failure; t != null && !chain.contains(t); t = t.getCause()) {
      chain.push(t);
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

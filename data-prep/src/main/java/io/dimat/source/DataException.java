package io.dimat.source;

import java.util.Optional;

/** Data that cannot be used. The message is one line: the rule, the value found, what to do. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The data exception behind a failure. Spark wraps what a task throws; users should see the line
   * that the task wrote.
   */
  public static Optional<DataException> behind(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof DataException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}

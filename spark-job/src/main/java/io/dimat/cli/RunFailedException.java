package io.dimat.cli;

/** A run that began and could not go on: a NaN loss, storage, too many failed tasks. */
public final class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what happened, and up to which round the run is usable
   */
  public RunFailedException(String message) {
    super(message);
  }

  public RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.dimat.cli;

/** A merged model that is too bad to be written without being asked for twice. */
public final class MergeRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line for each reason: the rule and the value
   */
  public MergeRefusedException(String message) {
    super(message);
  }
}

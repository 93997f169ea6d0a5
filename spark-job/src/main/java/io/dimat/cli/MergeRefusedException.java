package io.dimat.cli;

/** A merge that would not be sound, such as models of different networks. */
public final class MergeRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: the rule and the value
   */
  public MergeRefusedException(String message) {
    super(message);
  }
}

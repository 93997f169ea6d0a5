package io.dimat.protocol;

/** The bytes of a state file are not what was written. */
public final class CorruptStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptStateException(String reason) {
    super("state file is damaged: " + reason);
  }
}

package io.dimat.interchange;

import java.io.IOException;

/** A model file breaks its format, or holds another network than the one asked for. */
public final class ModelFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public ModelFileException(String message) {
    super(message);
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.dimat.interchange;

import java.io.IOException;
import java.nio.file.Path;

/** A model file breaks its format, or holds another network than the one asked for. */
public final class ModelFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public ModelFileException(String message) {
    super(message);
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same problem, said of a file, once. */
  ModelFileException in(Path file) {
    String place = file + ": ";
    return getMessage().startsWith(place)
        ? this
        : new ModelFileException(place + getMessage(), this);
  }

  /** Throws the message unless the rule holds. */
  static void require(boolean holds, String message) throws ModelFileException {
    if (!holds) {
      throw new ModelFileException(message);
    }
  }
}

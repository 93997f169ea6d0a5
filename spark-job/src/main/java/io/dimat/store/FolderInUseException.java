package io.dimat.store;

/** Another driver works in the output folder; the message says which and what to do. */
public final class FolderInUseException extends StorageException {
  private static final long serialVersionUID = 1L;

  FolderInUseException(String message) {
    super(message);
  }
}

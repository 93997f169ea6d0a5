package io.dimat.cli;

import io.dimat.conf.ConfigException;
import io.dimat.interchange.ModelFileException;
import io.dimat.source.DataException;
import io.dimat.store.FolderInUseException;

/** How a command ended, as the number that a shell sees. */
public enum ExitCode {
  DONE(0),
  BAD_INPUT(2),
  RUN_FAILED(3),
  MERGE_REFUSED(4),
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /**
   * Bad input for the exceptions of the validators (configuration, a model file, a folder in use,
   * data even where Spark has wrapped it, {@link IllegalArgumentException}), refused for {@link
   * MergeRefusedException}, interrupted for {@link InterruptedException}; everything else is a
   * failed run.
   */
  public static ExitCode of(Throwable failure) {
    if (failure instanceof MergeRefusedException) {
      return MERGE_REFUSED;
    }
    if (failure instanceof InterruptedException) {
      return INTERRUPTED;
    }
    if (failure instanceof RunFailedException) {
      return RUN_FAILED;
    }
    return failure instanceof ConfigException
            || failure instanceof IllegalArgumentException
            || failure instanceof FolderInUseException
            || failure instanceof ModelFileException
            || DataException.behind(failure).isPresent()
        ? BAD_INPUT
        : RUN_FAILED;
  }
}

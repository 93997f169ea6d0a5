package io.dimat.cli;

import io.dimat.conf.ConfigException;

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
   * Bad input for the exceptions of the validators (configuration, data, {@link
   * IllegalArgumentException}), refused for {@link MergeRefusedException}, interrupted for {@link
   * InterruptedException}; everything else is a failed run.
   */
  public static ExitCode of(Throwable failure) {
    if (failure instanceof MergeRefusedException) {
      return MERGE_REFUSED;
    }
    if (failure instanceof InterruptedException) {
      return INTERRUPTED;
    }
    return failure instanceof ConfigException || failure instanceof IllegalArgumentException
        ? BAD_INPUT
        : RUN_FAILED;
  }
}

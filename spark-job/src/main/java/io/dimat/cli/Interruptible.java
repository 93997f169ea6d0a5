package io.dimat.cli;

/** Work that Ctrl-C may end. */
final class Interruptible {
  /** Something that may fail in any way. */
  interface Work {
    void run() throws Exception;
  }

  private Interruptible() {}

  /**
   * Runs the work; what fails while the process goes down is not passed on.
   *
   * @param message what Ctrl-C leaves behind, for the user
   */
  static int run(Surroundings around, String message, Work work) throws Exception {
    try (InterruptNotice notice = new InterruptNotice(around.err(), message)) {
      try {
        work.run();
      } catch (Exception failure) {
        if (!notice.given()) {
          throw failure;
        }
        return ExitCode.INTERRUPTED.number();
      }
    }
    return ExitCode.DONE.number();
  }
}

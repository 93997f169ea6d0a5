package io.dimat.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says how to go on when Ctrl-C ends a run; the JVM then exits with 130 on its own. */
final class InterruptNotice implements AutoCloseable {
  static final String MESSAGE =
      "interrupted; everything committed is kept, the same command goes on from there";

  private final AtomicBoolean given = new AtomicBoolean();
  private final PrintStream err;
  private final String message;
  private final Thread hook;

  InterruptNotice(PrintStream err, String message) {
    this.err = err;
    this.message = message;
    hook = new Thread(this::give, "interrupt-notice");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  void give() {
    given.set(true);
    err.println();
    err.println("dimat: " + message);
  }

  /** True once the process is going down: what fails from then on is no news. */
  boolean given() {
    return given.get();
  }

  @Override
  public void close() {
    if (!given()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        given.set(true); // going down at this very moment; the hook speaks for itself
      }
    }
  }
}

package io.dimat.cli;

import java.io.PrintStream;
import java.util.Optional;

/**
 * How a command runs; nothing in here changes a result.
 *
 * @param master Spark's master; empty where spark-submit or a notebook has set it
 * @param out where progress and results are printed
 * @param bars where bars are drawn, on a terminal
 * @param screen what kind of place that is
 * @param title what stands before the rounds of a run that is one of many; empty if it is alone
 */
public record JobOptions(
    Optional<String> master, PrintStream out, PrintStream bars, Screen screen, String title) {
  /** What reads the output. */
  public enum Screen {
    /** A person; lines may be drawn over. */
    TERMINAL,
    /** A file or a pipe; one line for each event. */
    LINES
  }
}

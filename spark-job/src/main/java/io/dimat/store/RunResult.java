package io.dimat.store;

import java.util.SortedMap;

/**
 * Content of {@code _RESULT.json}: how a run ended, written on every orderly end.
 *
 * @param status done, failed or interrupted
 * @param reason one line; empty when done
 * @param lastRound the last round that is committed whole, -1 if none
 * @param headline final numbers by metric name
 */
public record RunResult(
    String status, String reason, int lastRound, SortedMap<String, Double> headline) {
  public static final String FILE = "_RESULT.json";
  public static final String DONE = "done";
  public static final String FAILED = "failed";

  /** The process was told to end: Ctrl-C, or a cluster that took its driver back. */
  public static final String INTERRUPTED = "interrupted";
}

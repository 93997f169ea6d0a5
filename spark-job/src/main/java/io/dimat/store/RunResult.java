package io.dimat.store;

import java.util.SortedMap;

/**
 * Content of {@code _RESULT.json}: how a run ended, written on every orderly end.
 *
 * @param status done or failed
 * @param reason one line; empty when done
 * @param lastRound the last round that is committed whole, -1 if none
 * @param headline final numbers by metric name
 */
public record RunResult(
    String status, String reason, int lastRound, SortedMap<String, Double> headline) {
  public static final String FILE = "_RESULT.json";
  public static final String DONE = "done";
  public static final String FAILED = "failed";
}

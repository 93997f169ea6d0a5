package io.dimat.algorithm.part;

import io.dimat.graph.MixingSchedule;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Exchanges in step with a mixing schedule: where agents exchange only at some iterations, and W
 * changes with the iteration, they may meet the same few matrices for ever and never mix.
 */
public final class Aliasing {
  private static final int PERIODS = 64;

  private Aliasing() {}

  /**
   * Why exchanges at these iterations would miss matrices of the schedule; empty if none is missed.
   *
   * @param key that says how often agents exchange
   * @param exchanges whether an iteration ends in an exchange
   */
  public static Optional<String> refusal(
      MixingSchedule mixing, String key, LongPredicate exchanges) {
    int period = mixing.period();
    SortedSet<Integer> met = new TreeSet<>();
    int count = 0;
    for (long k = 0; k < (long) PERIODS * period * period; k++) {
      if (exchanges.test(k)) {
        met.add((int) (k % period));
        count++;
      }
    }
    return met.size() == period || count < 2 * period
        ? Optional.empty()
        : Optional.of(
            "exchanges must meet every matrix of the schedule, got only steps %s of its %d on %s: use a %s without a common factor with %d"
                .formatted(met, period, mixing.topology(), key, period));
  }
}

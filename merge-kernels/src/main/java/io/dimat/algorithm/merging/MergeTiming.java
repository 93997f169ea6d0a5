package io.dimat.algorithm.merging;

import java.io.Serializable;
import java.util.List;

/**
 * When to merge again, from how fast a model moves and whether it forgets (AIMMerging, arXiv
 * 2509.17348).
 *
 * <pre>
 * learning signal     Lambda = |x - x at the last merge|_1 / S, S iterations after it
 * rising              S &lt;- max(shortest, S / step):   Lambda &gt; (1 + tolerance) mean of those before
 * falling             S &lt;- min(longest, S step):      Lambda &lt; (1 - tolerance) mean of those before
 * forgetting signal   probe loss &gt; patience * mean of the first {@code calm} after the last merge
 * </pre>
 *
 * Reconstruction: the paper gives a trend over a window, not how it is measured; one step serves
 * both directions; patience is ours.
 *
 * @param check iterations between looks at the probe and the clock, at least 1
 * @param first iterations to the first merge
 * @param shortest at least 1, at most {@code first}
 * @param longest at least {@code first}
 * @param step factor of an interval, above 1
 * @param window learning signals that are compared, at least 2
 * @param tolerance of a trend, in [0, 1)
 * @param patience factor of the probe loss that is put up with, above 0
 * @param calm probe losses that make the threshold, at least 1
 */
public record MergeTiming(
    int check,
    int first,
    int shortest,
    int longest,
    double step,
    int window,
    double tolerance,
    double patience,
    int calm)
    implements Serializable {
  public MergeTiming {
    if (check < 1 || shortest < 1 || first < shortest || longest < first) {
      throw new IllegalArgumentException(
          "merge timing needs check >= 1 and 1 <= shortest <= first <= longest, got %d and %d, %d, %d"
              .formatted(check, shortest, first, longest));
    }
    if (!(step > 1) || window < 2 || !(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "merge timing needs step > 1, window >= 2 and tolerance in [0, 1), got %s, %d and %s"
              .formatted(step, window, tolerance));
    }
    if (!(patience > 0) || calm < 1) {
      throw new IllegalArgumentException(
          "merge timing needs patience > 0 and calm >= 1, got %s and %d".formatted(patience, calm));
    }
  }

  /**
   * The next interval.
   *
   * @param interval the last one
   * @param signals learning signals, oldest first; the last is the newest
   */
  int next(int interval, List<Double> signals) {
    int newest = signals.size() - 1;
    if (newest < 1) {
      return interval;
    }
    double before =
        signals.subList(0, newest).stream().mapToDouble(signal -> signal).average().orElseThrow();
    double signal = signals.get(newest);
    if (signal > (1 + tolerance) * before) {
      return (int) Math.max(shortest, Math.floor(interval / step));
    }
    return signal < (1 - tolerance) * before
        ? (int) Math.min(longest, Math.ceil(interval * step))
        : interval;
  }

  /**
   * Whether a probe loss says that the model forgets.
   *
   * @param sum of the first losses after the last merge
   * @param count how many these are; fewer than {@link #calm} say nothing yet
   */
  boolean forgets(double loss, double sum, int count) {
    return count >= calm && loss > patience * sum / count;
  }
}

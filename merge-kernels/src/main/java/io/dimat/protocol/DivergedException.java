package io.dimat.protocol;

import io.dimat.tensor.NotFiniteException;
import java.util.Map;
import java.util.SortedMap;

/**
 * A loss, a parameter or what is computed from them became NaN or infinite; nothing of that phase
 * is committed.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DivergedException(int round, String phase, int agent) {
    this("loss became NaN or infinite", round, phase, agent);
  }

  /** A phase could not go on with what it was given; the reason is told, not kept as a cause. */
  DivergedException(int round, String phase, int agent, NotFiniteException reason) {
    this(reason.getMessage(), round, phase, agent);
  }

  private DivergedException(String what, int round, String phase, int agent) {
    super(
        "%s at agent %d in round %d, phase %s: try a smaller train.learning-rate, in another --out"
            .formatted(what, agent, round, phase));
  }

  /** Whether divergence is why something failed: it fails again, whoever tries. */
  public static boolean isBehind(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof DivergedException || t instanceof NotFiniteException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Refuses a phase in which a loss is not finite, before anything of it is kept.
   *
   * @throws DivergedException naming the first such agent
   */
  public static void requireFinite(
      int round, String phase, SortedMap<Integer, AgentMetrics> metrics) {
    for (Map.Entry<Integer, AgentMetrics> entry : metrics.entrySet()) {
      Double loss = entry.getValue().values().get(Metric.TRAIN_LOSS);
      if (loss != null && !Double.isFinite(loss)) {
        throw new DivergedException(round, phase, entry.getKey());
      }
    }
  }
}

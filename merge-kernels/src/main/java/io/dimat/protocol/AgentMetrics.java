package io.dimat.protocol;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one agent measured in one phase.
 *
 * @param values by the names in {@link Metric}
 * @param perClassAccuracy in [0, 1] per class; empty if the phase did not evaluate
 * @param groups matching quality per permutation group; empty if the phase did not match
 */
public record AgentMetrics(
    SortedMap<String, Double> values, List<Double> perClassAccuracy, List<GroupMetrics> groups)
    implements Serializable {
  public AgentMetrics {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    perClassAccuracy = List.copyOf(perClassAccuracy);
    groups = List.copyOf(groups);
  }

  /** Nothing measured. */
  public static AgentMetrics none() {
    return new AgentMetrics(new TreeMap<>(), List.of(), List.of());
  }

  /**
   * These metrics and then later ones of the same round: what counts work is added, the training
   * loss is averaged over images, of everything else the later value stands.
   */
  public AgentMetrics then(AgentMetrics later) {
    TreeMap<String, Double> both = new TreeMap<>(values);
    both.putAll(later.values);
    for (String metric : Metric.ADDITIVE) {
      if (values.containsKey(metric) && later.values.containsKey(metric)) {
        both.put(metric, values.get(metric) + later.values.get(metric));
      }
    }
    if (values.containsKey(Metric.TRAIN_LOSS) && later.values.containsKey(Metric.TRAIN_LOSS)) {
      both.put(Metric.TRAIN_LOSS, lossOverBoth(later));
    }
    return new AgentMetrics(
        both,
        later.perClassAccuracy.isEmpty() ? perClassAccuracy : later.perClassAccuracy,
        later.groups.isEmpty() ? groups : later.groups);
  }

  private double lossOverBoth(AgentMetrics later) {
    double before = values.getOrDefault(Metric.IMAGES_TRAINED, 1.0);
    double after = later.values.getOrDefault(Metric.IMAGES_TRAINED, 1.0);
    return (before * values.get(Metric.TRAIN_LOSS) + after * later.values.get(Metric.TRAIN_LOSS))
        / (before + after);
  }

  /** These metrics with one value added or replaced. */
  public AgentMetrics with(String metric, double value) {
    TreeMap<String, Double> more = new TreeMap<>(values);
    more.put(metric, value);
    return new AgentMetrics(more, perClassAccuracy, groups);
  }
}

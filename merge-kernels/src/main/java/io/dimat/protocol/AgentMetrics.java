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

  /** These metrics with one value added or replaced. */
  public AgentMetrics with(String metric, double value) {
    TreeMap<String, Double> more = new TreeMap<>(values);
    more.put(metric, value);
    return new AgentMetrics(more, perClassAccuracy, groups);
  }
}

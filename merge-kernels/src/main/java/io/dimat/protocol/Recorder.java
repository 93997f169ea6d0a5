package io.dimat.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Collects what one agent measures during one phase. Not part of the agent's state: nothing an
 * algorithm computes may read it back.
 */
public final class Recorder {
  private final LongSupplier nanos;
  private final TreeMap<String, Double> values = new TreeMap<>();
  private final List<GroupMetrics> groups = new ArrayList<>();
  private List<Double> perClassAccuracy = List.of();

  /**
   * Starts empty.
   *
   * @param nanos the engine's clock; a constant where time does not matter
   */
  public Recorder(LongSupplier nanos) {
    this.nanos = nanos;
  }

  public void put(String metric, double value) {
    values.put(metric, value);
  }

  /** Adds to what is recorded under this name, from 0 on. */
  public void add(String metric, double value) {
    values.merge(metric, value, Double::sum);
  }

  public void perClassAccuracy(List<Double> accuracy) {
    perClassAccuracy = List.copyOf(accuracy);
  }

  public void group(GroupMetrics group) {
    groups.add(group);
  }

  /** Runs {@code work} and adds the seconds it took to {@code metric}. */
  public <T> T timed(String metric, Supplier<T> work) {
    long start = nanos.getAsLong();
    T result = work.get();
    values.merge(metric, (nanos.getAsLong() - start) * 1e-9, Double::sum);
    return result;
  }

  /** What was recorded so far. */
  public AgentMetrics metrics() {
    return new AgentMetrics(values, perClassAccuracy, groups);
  }
}

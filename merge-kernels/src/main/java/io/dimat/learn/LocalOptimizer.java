package io.dimat.learn;

import java.util.SortedMap;

/**
 * Turns gradients into updates. Holds its state (momenta, step count) between calls; elements are
 * treated alike and independently, so any flat order works as long as it stays the same.
 */
public interface LocalOptimizer {
  /**
   * One step, in place.
   *
   * @param params trainable parameters in canonical order; modified
   * @param gradient of the same length; not modified
   */
  void step(float[] params, float[] gradient);

  /**
   * The state as named vectors in the trainable layout plus counters, empty before the first step;
   * what a committed agent state keeps when optimizer state is kept across a merge.
   */
  SortedMap<String, float[]> slots();

  /** Number of steps taken. */
  long steps();

  /** Puts back what {@link #slots()} and {@link #steps()} gave; arrays are copied. */
  void restore(SortedMap<String, float[]> slots, long steps);

  /** Name of a slot as a vector of the agent state. */
  static String stateName(String slot) {
    return "optimizer." + slot;
  }

  /** True if a vector of the agent state is optimizer state. */
  static boolean isStateName(String vector) {
    return vector.startsWith("optimizer.");
  }
}

package io.dimat.learn;

import java.util.SortedMap;
import java.util.TreeMap;

/** {@code x <- x - eta (g + lambda x)}. Without state but for its step count. */
final class Sgd implements LocalOptimizer {
  private final OptimizerSpec spec;
  private long steps;

  Sgd(OptimizerSpec spec) {
    this.spec = spec;
  }

  @Override
  public void step(float[] params, float[] gradient) {
    steps++;
    for (int i = 0; i < params.length; i++) {
      double g = gradient[i] + spec.weightDecay() * params[i];
      params[i] = (float) (params[i] - spec.learningRate() * g);
    }
  }

  @Override
  public SortedMap<String, float[]> slots() {
    return new TreeMap<>();
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void restore(SortedMap<String, float[]> slots, long stepsTaken) {
    steps = stepsTaken;
  }
}

package io.dimat.learn;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Heavy ball: {@code m <- mu m + g + lambda x; x <- x - eta m}, m = 0 at the start (PyTorch's SGD).
 */
final class MomentumSgd implements LocalOptimizer {
  private static final String MOMENTUM = "momentum";

  private final OptimizerSpec spec;
  private float[] m;
  private long steps;

  MomentumSgd(OptimizerSpec spec) {
    this.spec = spec;
  }

  @Override
  public void step(float[] params, float[] gradient) {
    if (m == null) {
      m = new float[params.length];
    }
    steps++;
    for (int i = 0; i < params.length; i++) {
      double g = gradient[i] + spec.weightDecay() * params[i];
      m[i] = (float) (spec.momentum() * m[i] + g);
      params[i] = (float) (params[i] - spec.learningRate() * m[i]);
    }
  }

  @Override
  public SortedMap<String, float[]> slots() {
    TreeMap<String, float[]> slots = new TreeMap<>();
    if (m != null) {
      slots.put(MOMENTUM, m.clone());
    }
    return slots;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void restore(SortedMap<String, float[]> slots, long stepsTaken) {
    float[] saved = slots.get(MOMENTUM);
    m = saved == null ? null : saved.clone();
    steps = stepsTaken;
  }
}

package io.dimat.learn;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adam with bias correction (Kingma, Ba 2015): {@code m <- b1 m + (1 - b1) g; v <- b2 v + (1 - b2)
 * g^2; x <- x - eta (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)}; weight decay is added to
 * g.
 */
final class Adam implements LocalOptimizer {
  private static final String FIRST_MOMENT = "first-moment";
  private static final String SECOND_MOMENT = "second-moment";

  private final OptimizerSpec spec;
  private float[] m;
  private float[] v;
  private long steps;

  Adam(OptimizerSpec spec) {
    this.spec = spec;
  }

  @Override
  public void step(float[] params, float[] gradient) {
    if (m == null) {
      m = new float[params.length];
      v = new float[params.length];
    }
    steps++;
    double b1 = spec.beta1();
    double b2 = spec.beta2();
    double rate = spec.learningRate() / (1 - Math.pow(b1, (double) steps));
    double correction = 1 / Math.sqrt(1 - Math.pow(b2, (double) steps));
    for (int i = 0; i < params.length; i++) {
      double g = gradient[i] + spec.weightDecay() * params[i];
      m[i] = (float) (b1 * m[i] + (1 - b1) * g);
      v[i] = (float) (b2 * v[i] + (1 - b2) * g * g);
      params[i] =
          (float) (params[i] - rate * m[i] / (Math.sqrt(v[i]) * correction + spec.epsilon()));
    }
  }

  @Override
  public SortedMap<String, float[]> slots() {
    TreeMap<String, float[]> slots = new TreeMap<>();
    if (m != null) {
      slots.put(FIRST_MOMENT, m.clone());
      slots.put(SECOND_MOMENT, v.clone());
    }
    return slots;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void restore(SortedMap<String, float[]> slots, long stepsTaken) {
    float[] first = slots.get(FIRST_MOMENT);
    float[] second = slots.get(SECOND_MOMENT);
    m = first == null ? null : first.clone();
    v = second == null ? null : second.clone();
    steps = stepsTaken;
  }
}

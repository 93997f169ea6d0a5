package io.dimat.dl4j;

import io.dimat.learn.LocalOptimizer;
import io.dimat.learn.OptimizerSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Our own {@link LocalOptimizer} as the updater of a stock graph, so that stock graphs take the
 * same steps as all learners here. DL4J has no heavy ball, and its Adam takes the step count from
 * the graph's configuration, which its Spark module loses at every averaging: bias correction would
 * start again on moments that are far from zero.
 *
 * <p>The state of n parameters is every slot's n values, then the step count once per parameter
 * array: it is part of the updater state, so it is averaged and kept with it.
 *
 * @param spec of an optimizer with state, without weight decay: parameters are not seen here
 */
record HostUpdater(OptimizerSpec spec) implements IUpdater {
  private static final String STATE = "state";

  HostUpdater {
    if (spec.weightDecay() != 0) {
      throw new IllegalArgumentException(
          "an updater sees no parameters to decay, got weight decay " + spec.weightDecay());
    }
  }

  /** Names of what the optimizer keeps per parameter, sorted. */
  private List<String> slots() {
    LocalOptimizer probe = spec.create();
    probe.step(new float[1], new float[1]);
    return List.copyOf(probe.slots().keySet());
  }

  @Override
  public long stateSize(long parameters) {
    return slots().size() * parameters + 1;
  }

  @Override
  public GradientUpdater<HostUpdater> instantiate(INDArray state, boolean initialize) {
    Block block = new Block(this);
    block.setStateViewArray(state, state.shape(), state.ordering(), initialize);
    return block;
  }

  @Override
  public GradientUpdater<HostUpdater> instantiate(Map<String, INDArray> state, boolean initialize) {
    Block block = new Block(this);
    block.setState(state, initialize);
    return block;
  }

  @Override
  public HostUpdater clone() {
    return this;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return spec.learningRate();
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    throw new UnsupportedOperationException("this learning rate is fixed");
  }

  /** Some parameter arrays that are updated together, and the view of their state. */
  private static final class Block implements GradientUpdater<HostUpdater> {
    private final HostUpdater updater;
    private final List<String> slots;
    private INDArray state;

    Block(HostUpdater updater) {
      this.updater = updater;
      this.slots = updater.slots();
    }

    @Override
    public HostUpdater getConfig() {
      return updater;
    }

    @Override
    public Map<String, INDArray> getState() {
      return Map.of(STATE, state);
    }

    @Override
    public void setState(Map<String, INDArray> given, boolean initialize) {
      setStateViewArray(given.get(STATE), null, 'c', initialize);
    }

    @Override
    public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
      state = view;
      if (initialize) {
        state.assign(0);
      }
    }

    /** The gradient becomes what DL4J subtracts from the parameters. */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      float[] values = gradient.dup('c').data().asFloat();
      float[] kept = state.dup('c').data().asFloat();
      LocalOptimizer optimizer = updater.spec.create();
      restore(optimizer, kept, values.length);
      float[] moved = new float[values.length];
      optimizer.step(moved, values);
      keep(optimizer, kept, values.length);
      state.assign(Nd4j.create(kept, state.shape(), 'c'));
      gradient.assign(Nd4j.create(moved, gradient.shape(), 'c').neg());
    }

    private void restore(LocalOptimizer optimizer, float[] kept, int parameters) {
      SortedMap<String, float[]> values = new TreeMap<>();
      for (int s = 0; s < slots.size(); s++) {
        int from = s * parameters;
        values.put(slots.get(s), Arrays.copyOfRange(kept, from, from + parameters));
      }
      optimizer.restore(values, Math.round(kept[kept.length - 1]));
    }

    private void keep(LocalOptimizer optimizer, float[] kept, int parameters) {
      SortedMap<String, float[]> values = optimizer.slots();
      for (int s = 0; s < slots.size(); s++) {
        System.arraycopy(values.get(slots.get(s)), 0, kept, s * parameters, parameters);
      }
      Arrays.fill(kept, slots.size() * parameters, kept.length, (float) optimizer.steps());
    }
  }
}

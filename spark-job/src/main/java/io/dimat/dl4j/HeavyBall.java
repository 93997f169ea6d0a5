package io.dimat.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Momentum as {@link io.dimat.learn.OptimizerSpec.Kind#MOMENTUM} has it, {@code m <- mu m + g; x <-
 * x - eta m}, for stock graphs: DL4J has Nesterov's alone.
 */
record HeavyBall(double learningRate, double momentum) implements IUpdater {
  private static final String STATE = "M";

  @Override
  public long stateSize(long parameters) {
    return parameters;
  }

  @Override
  public GradientUpdater<HeavyBall> instantiate(INDArray state, boolean initialize) {
    Momenta momenta = new Momenta(this);
    momenta.setStateViewArray(state, state.shape(), state.ordering(), initialize);
    return momenta;
  }

  @Override
  public GradientUpdater<HeavyBall> instantiate(Map<String, INDArray> state, boolean initialize) {
    Momenta momenta = new Momenta(this);
    momenta.setState(state, initialize);
    return momenta;
  }

  @Override
  public HeavyBall clone() {
    return this;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRate;
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    throw new UnsupportedOperationException("this learning rate is fixed");
  }

  /** One block of parameters and its momenta, which are a view of the graph's updater state. */
  private static final class Momenta implements GradientUpdater<HeavyBall> {
    private final HeavyBall rule;
    private INDArray momenta;

    Momenta(HeavyBall rule) {
      this.rule = rule;
    }

    @Override
    public HeavyBall getConfig() {
      return rule;
    }

    @Override
    public Map<String, INDArray> getState() {
      return Map.of(STATE, momenta);
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialize) {
      momenta = state.get(STATE);
      if (initialize) {
        momenta.assign(0);
      }
    }

    @Override
    public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
      momenta = view;
      if (initialize) {
        momenta.assign(0);
      }
    }

    /** The gradient becomes what DL4J subtracts from the parameters. */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      momenta.muli(rule.momentum).addi(gradient);
      gradient.assign(momenta).muli(rule.learningRate);
    }
  }
}

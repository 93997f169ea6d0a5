package io.dimat.tensor;

/** The plain mean of vectors that arrive one at a time, summed in double in order of arrival. */
public final class RunningMean {
  private final ParamLayout layout;
  private final double[] sum;
  private int count;

  public RunningMean(ParamLayout layout) {
    this.layout = layout;
    this.sum = new double[layout.size()];
  }

  /** Adds one vector of the layout; it is not modified. */
  public void add(ParamVector vector) {
    if (!vector.layout().equals(layout)) {
      throw new IllegalArgumentException(
          "a mean needs one layout, got " + layout + " and " + vector.layout());
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += vector.at(i);
    }
    count++;
  }

  /** The mean of what was added so far, at least one vector. */
  public ParamVector mean() {
    if (count == 0) {
      throw new IllegalStateException("a mean needs at least one vector");
    }
    double[] mean = new double[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = sum[i] / count;
    }
    return ParamVector.of(layout, mean);
  }
}

package io.dimat.dl4j;

/** One layer at work on pre-allocated tensors. */
interface Step extends AutoCloseable {
  Value output();

  /** Computes the output from the inputs. */
  void forward(Pass pass);

  /**
   * Takes the output's gradient, writes the parameters' share of {@link Parameters#gradient()} and
   * hands the inputs theirs. Follows a forward pass of the same batch in training mode.
   */
  void backward();

  /**
   * Adds the last batch's mean and unbiased variance of every running statistic of this step to the
   * sums, at the statistics' places in the parameter vector; most steps have none.
   */
  default void addStatistics(StatisticSums sums) {}

  /** Reads the parameters anew after they changed. */
  default void upload() {}

  @Override
  default void close() {}
}

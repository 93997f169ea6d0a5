package io.dimat.graph;

import java.io.Serializable;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Who takes how much from whom at every exchange: W(0), W(1), ... A pure function of the step. A
 * {@link MixingMatrix} is the schedule that never changes.
 */
public interface MixingSchedule extends Serializable {
  /** How many matrices of a drawn sequence stand for all of them when rules are checked. */
  int DRAWS = 32;

  /** Every edge that any step may use. */
  Topology topology();

  /**
   * The matrix of a step, on {@link #topology()}; directed where only one of w_ij and w_ji is used.
   *
   * @param step 0, 1, ...
   */
  MixingMatrix at(long step);

  /** Steps after which the sequence repeats: 1 if it is constant, 0 if every step is drawn. */
  int period();

  /** The matrices that rules are checked on: one period, or the first {@link #DRAWS} draws. */
  default List<MixingMatrix> matrices() {
    return LongStream.range(0, period() == 0 ? DRAWS : period()).mapToObj(this::at).toList();
  }

  default int agents() {
    return topology().agents();
  }

  default boolean isConstant() {
    return period() == 1;
  }
}

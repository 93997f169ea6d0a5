package io.dimat.graph;

import java.io.Serializable;

/** Who takes how much from whom at every gossip: W(0), W(1), ... A pure function of the step. */
public interface MixingSchedule extends Serializable {
  /** Every edge that any step may use (undirected support). */
  Topology topology();

  /**
   * The matrix of step t, on {@link #topology()}; directed where w_ij != w_ji is used.
   *
   * @param step 0, 1, ...
   */
  MixingMatrix at(long step);

  /**
   * Steps after which the sequence repeats; 1 for a constant matrix, 0 if it is drawn anew at every
   * step.
   */
  int period();

  /** The same matrix at every step. */
  static MixingSchedule constant(MixingMatrix mixing) {
    return new ConstantMixing(mixing);
  }
}

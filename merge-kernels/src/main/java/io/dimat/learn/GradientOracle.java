package io.dimat.learn;

import io.dimat.tensor.ParamVector;
import java.io.Serializable;

/** What an algorithm calls "the gradient": plain, or taken somewhere near. */
public interface GradientOracle extends Serializable {
  /** The gradient of the minibatch loss itself. */
  GradientOracle PLAIN =
      new GradientOracle() {
        private static final long serialVersionUID = 1L;

        @Override
        public Gradient at(
            Learner learner, ParamVector at, Batch batch, StatisticsPolicy statistics) {
          return learner.gradient(at, batch, statistics);
        }

        @Override
        public int passes() {
          return 1;
        }
      };

  /**
   * Loss at a point and the direction to descend there.
   *
   * @param at a full vector; not modified
   * @param statistics what the first pass does to running statistics; no other pass moves them
   */
  Gradient at(Learner learner, ParamVector at, Batch batch, StatisticsPolicy statistics);

  /** Backward passes per call: what a call costs. */
  int passes();
}

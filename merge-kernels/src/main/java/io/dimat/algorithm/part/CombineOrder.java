package io.dimat.algorithm.part;

/** Whether an agent's gradient step travels with the exchange of the same iteration. */
public enum CombineOrder {
  /** {@code x <- mix(x - eta g)}: the step is taken first, and mixed. */
  ADAPT_THEN_COMBINE,
  /** {@code x <- mix(x) - eta g}: the models are mixed, the step stays the agent's own. */
  COMBINE_THEN_ADAPT
}

package io.dimat.protocol;

/** When in a round a model is evaluated; the two are never mixed in one number. */
public enum EvaluationPoint {
  /** After local training, before anything of this round was received. */
  TRAINED,
  /** After neighbours' models or messages went into the agent's own: the papers' number. */
  MERGED
}

package io.dimat.conf;

import java.io.Serializable;

/**
 * What is measured, and how often.
 *
 * @param every rounds between evaluations; the last round is always evaluated
 * @param images of the evaluation set; 0 for all
 * @param consensusEvery rounds between consensus models; 0 for the last round only
 */
public record EvaluateConfig(int every, int images, int consensusEvery, On on)
    implements Serializable {
  /** The images that accuracy is measured on. */
  public enum On {
    TEST,
    VALIDATION
  }

  static EvaluateConfig of(ConfigValues values) {
    return new EvaluateConfig(
        values.get(OutputKeys.EVALUATE_EVERY),
        values.get(OutputKeys.EVALUATE_IMAGES),
        values.get(OutputKeys.EVALUATE_CONSENSUS_EVERY),
        values.get(OutputKeys.EVALUATE_ON));
  }
}

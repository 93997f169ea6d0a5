package io.dimat.merge.report;

import io.dimat.learn.Evaluation;
import java.io.Serializable;

/**
 * How one model does on the scored images.
 *
 * @param loss mean cross-entropy in nats; may be infinite or NaN for a broken model
 * @param accuracy fraction of right answers, in [0, 1]
 */
public record Score(double loss, double accuracy) implements Serializable {
  public static Score of(Evaluation evaluation) {
    return new Score(evaluation.loss(), evaluation.accuracy());
  }
}

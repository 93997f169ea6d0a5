package io.dimat.learn;

/**
 * What one pass of training did.
 *
 * @param loss mean cross-entropy per image over the pass, in nats, each batch at its own step
 * @param images images seen
 * @param steps optimizer steps taken
 */
public record TrainingStats(double loss, int images, int steps) {
  /** Both passes as one, the loss weighted by images. */
  public TrainingStats plus(TrainingStats other) {
    int total = images + other.images;
    double mean = total == 0 ? 0 : (loss * images + other.loss * other.images) / total;
    return new TrainingStats(mean, total, steps + other.steps);
  }
}

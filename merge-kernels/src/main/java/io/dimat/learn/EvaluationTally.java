package io.dimat.learn;

import java.util.Arrays;
import java.util.List;

/** Counts right answers and sums losses, batch by batch. */
public final class EvaluationTally {
  private final Integer[] correct;
  private final Integer[] count;
  private double loss;
  private int images;

  /** A tally of nothing. */
  public EvaluationTally(int classes) {
    this.correct = new Integer[classes];
    this.count = new Integer[classes];
    Arrays.fill(correct, 0);
    Arrays.fill(count, 0);
  }

  /**
   * Adds a batch. The answer to an image is the class of its largest logit, the first one of
   * equals.
   *
   * @param batchLoss sum of the images' cross-entropies, in nats
   * @param labels class per image, 0-based; not modified
   * @param logits [images, classes] row-major; not modified
   * @throws IllegalArgumentException if there is not one logit per image and class
   */
  public void add(double batchLoss, int[] labels, double[] logits) {
    int classes = count.length;
    if (logits.length != (long) labels.length * classes) {
      throw new IllegalArgumentException(
          "%d images of %d classes need %d logits, got %d"
              .formatted(labels.length, classes, (long) labels.length * classes, logits.length));
    }
    for (int n = 0; n < labels.length; n++) {
      count[labels[n]]++;
      correct[labels[n]] += largest(logits, n * classes, classes) == labels[n] ? 1 : 0;
    }
    loss += batchLoss;
    images += labels.length;
  }

  /** All batches together; a loss of 0 for no images. */
  public Evaluation result() {
    return new Evaluation(loss / Math.max(1, images), List.of(correct), List.of(count));
  }

  private static int largest(double[] values, int from, int length) {
    int best = 0;
    for (int c = 1; c < length; c++) {
      best = values[from + c] > values[from + best] ? c : best;
    }
    return best;
  }
}

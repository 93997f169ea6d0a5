package io.dimat.learn;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model got right on a set of images.
 *
 * @param loss mean cross-entropy in nats
 * @param correct right answers per class
 * @param count images per class
 */
public record Evaluation(double loss, List<Integer> correct, List<Integer> count)
    implements Serializable {
  public Evaluation {
    correct = List.copyOf(correct);
    count = List.copyOf(count);
  }

  /** Fraction of right answers, in [0, 1]. */
  public double accuracy() {
    return (double) sum(correct) / Math.max(1, sum(count));
  }

  /** Accuracy per class; 0 for a class without images. */
  public List<Double> perClassAccuracy() {
    return IntStream.range(0, count.size())
        .mapToObj(c -> (double) correct.get(c) / Math.max(1, count.get(c)))
        .toList();
  }

  /** What the model got right on both sets of images together. */
  public Evaluation plus(Evaluation other) {
    long images = sum(count);
    long more = sum(other.count);
    double both = (loss * images + other.loss * more) / Math.max(1, images + more);
    return new Evaluation(both, added(correct, other.correct), added(count, other.count));
  }

  private static List<Integer> added(List<Integer> a, List<Integer> b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException(
          "evaluations add for equal numbers of classes, got " + a.size() + " and " + b.size());
    }
    return IntStream.range(0, a.size()).mapToObj(c -> a.get(c) + b.get(c)).toList();
  }

  private static long sum(List<Integer> values) {
    return values.stream().mapToLong(Integer::longValue).sum();
  }
}

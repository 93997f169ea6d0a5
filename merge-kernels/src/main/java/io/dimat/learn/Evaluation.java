package io.dimat.learn;

import java.io.Serializable;
import java.util.List;

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
    return java.util.stream.IntStream.range(0, count.size())
        .mapToObj(c -> (double) correct.get(c) / Math.max(1, count.get(c)))
        .toList();
  }

  private static long sum(List<Integer> values) {
    return values.stream().mapToLong(Integer::longValue).sum();
  }
}

package io.dimat.learn;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two models whose units are compared, by their positions in a list of models.
 *
 * @param a the one whose units are the rows of the moments
 * @param b the one whose units are the columns; not before {@code a}, possibly {@code a} itself
 */
public record ModelPair(int a, int b) implements Serializable {
  public ModelPair {
    if (a < 0 || b < a) {
      throw new IllegalArgumentException("a pair of models needs 0 <= a <= b, got " + a + ", " + b);
    }
  }

  /** Model 0 with each of the {@code others} models behind it. */
  public static List<ModelPair> star(int others) {
    return IntStream.rangeClosed(1, others).mapToObj(k -> new ModelPair(0, k)).toList();
  }

  /** All pairs of {@code models} models, each with itself too: (0, 0), (0, 1), ..., (1, 1), ... */
  public static List<ModelPair> all(int models) {
    return IntStream.range(0, models)
        .boxed()
        .flatMap(a -> IntStream.range(a, models).mapToObj(b -> new ModelPair(a, b)))
        .toList();
  }
}

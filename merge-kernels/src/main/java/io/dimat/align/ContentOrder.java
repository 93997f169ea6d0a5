package io.dimat.align;

import io.dimat.tensor.ParamVector;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An order of models that follows from their values, so that sums and searches over them come out
 * the same, bit by bit, however the models are listed.
 */
public final class ContentOrder {
  private ContentOrder() {}

  /**
   * The reference, then the others in the lexicographic order of their values.
   *
   * @param models of one layout; not modified
   * @param reference index of the one that comes first
   * @return indices into {@code models}
   */
  public static List<Integer> referenceFirst(List<ParamVector> models, int reference) {
    List<float[]> values = models.stream().map(ParamVector::toArray).toList();
    Comparator<Integer> content = (a, b) -> Arrays.compare(values.get(a), values.get(b));
    return IntStream.range(0, models.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(k -> k == reference ? 0 : 1).thenComparing(content))
        .toList();
  }
}

package io.dimat.dl4j;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.Role;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums of running statistics over batches; nothing is held for the trainable parameters. */
final class StatisticSums {
  private final SortedMap<Integer, double[]> byOffset = new TreeMap<>();

  StatisticSums(ParamLayout layout) {
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == Role.RUNNING_STATISTIC) {
        byOffset.put(slice.offset(), new double[slice.length()]);
      }
    }
  }

  /** The live sums of the slice that begins at {@code offset} of the parameter vector. */
  double[] of(int offset) {
    return byOffset.get(offset);
  }

  /** Replaces the running statistics among {@code values} by the means over {@code batches}. */
  void means(int batches, float[] values) {
    byOffset.forEach(
        (offset, sums) -> {
          for (int i = 0; i < sums.length; i++) {
            values[offset + i] = (float) (sums[i] / batches);
          }
        });
  }
}

package io.dimat.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far the agents' labels are from those of all agents together. With p_i the class distribution
 * of agent i and p that of all shards' images, the total variation distance of agent i is 1/2 sum_c
 * |p_i(c) - p(c)|, in [0, 1): 0 for the same labels, 1 - 1/K for K equal shards that have no class
 * in common. The earth mover's distance of Zhao et al. (arXiv 1806.00582) is sum_c |p_i(c) - p(c)|,
 * twice that.
 *
 * <p>A number about labels alone: shards of different sizes or different pixels can have skew 0.
 *
 * @param distances total variation distance of agent i at position i; at least one
 */
public record LabelSkew(List<Double> distances) {
  public LabelSkew {
    distances = List.copyOf(distances);
    if (distances.isEmpty()) {
      throw new IllegalArgumentException("label skew needs at least 1 agent, got none");
    }
  }

  /**
   * Of what agents hold.
   *
   * @param histograms number of images of class c of agent i at position [i][c]; every agent has
   *     one count for each class and at least 1 image
   */
  public static LabelSkew of(List<? extends List<? extends Number>> histograms) {
    int classes = histograms.isEmpty() ? 0 : histograms.get(0).size();
    long[] together = new long[classes];
    for (List<? extends Number> histogram : histograms) {
      if (histogram.size() != classes || images(histogram) < 1) {
        throw new IllegalArgumentException(
            "every agent has counts of %d classes and at least 1 image, got %s"
                .formatted(classes, histogram));
      }
      Arrays.setAll(together, c -> together[c] + histogram.get(c).longValue());
    }
    long all = Arrays.stream(together).sum();
    return new LabelSkew(
        histograms.stream()
            .map(
                histogram -> {
                  long own = images(histogram);
                  return IntStream.range(0, classes)
                          .mapToDouble(
                              c ->
                                  Math.abs(
                                      histogram.get(c).doubleValue() / own
                                          - (double) together[c] / all))
                          .sum()
                      / 2;
                })
            .toList());
  }

  /**
   * Of what a division deals.
   *
   * @param classSizes as {@link Division#cuts} takes them
   * @throws io.dimat.source.DataException as there
   */
  public static LabelSkew of(Division division, List<Long> classSizes) {
    long[][] counts = new long[division.agents()][classSizes.size()];
    for (Cut cut : division.cuts(classSizes)) {
      if (cut.owner() != Cut.VALIDATION) {
        counts[cut.owner()][cut.label()] += cut.size();
      }
    }
    List<List<Long>> histograms = new ArrayList<>();
    for (long[] agent : counts) {
      histograms.add(Arrays.stream(agent).boxed().toList());
    }
    return of(histograms);
  }

  private static long images(List<? extends Number> histogram) {
    return histogram.stream().mapToLong(Number::longValue).sum();
  }

  /** Agents' plain mean. */
  public double mean() {
    return distances.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Of the agent whose labels differ most. */
  public double largest() {
    return Collections.max(distances);
  }

  /** Earth mover's distance of one agent, in [0, 2). */
  public double earthMover(int agent) {
    return 2 * distances.get(agent);
  }
}

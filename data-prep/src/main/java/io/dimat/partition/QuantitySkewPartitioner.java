package io.dimat.partition;

import io.dimat.source.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Quantity skew (NIID-Bench, arXiv 2102.02079): shard sizes differ, labels do not. Draw p ~
 * Dir(beta 1_K) once and cut every class at the cumulative sums of p, so an agent has the share p_i
 * of each class, within one image. Drawn again until every agent has at least {@code minimum}
 * images. Every image is used. Agents count alike in a mean over agents, whatever their size.
 *
 * @param beta concentration in [0.001, 1000000]; small is skewed, large approaches equal sizes
 * @param minimum images every agent must have, at least 1
 */
public record QuantitySkewPartitioner(double beta, int minimum) implements Partitioner {
  /** Name in configurations. */
  public static final String NAME = "quantity-skew";

  private static final int TRIES = 1000;

  public QuantitySkewPartitioner {
    Concentration.require(NAME, "beta", beta);
    if (minimum < 1) {
      throw new DataException(
          "quantity-skew needs at least 1 image per agent as the minimum, got " + minimum);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("beta", Double.toString(beta));
    parameters.put("minimum", Integer.toString(minimum));
    return Collections.unmodifiableSortedMap(parameters);
  }

  @Override
  public List<Cut> cuts(List<Long> classSizes, int agents, long seed) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Cut> cuts = draw(classSizes, Concentration.symmetric(random, agents, beta));
      if (ShardSizes.of(cuts, agents).smallest() >= minimum) {
        return cuts;
      }
    }
    throw new DataException(
        "quantity-skew with beta %s gave some of %d agents fewer than %d images in each of %d draws (the mean is %d); raise beta, take fewer agents or lower the minimum (data.min-images)"
            .formatted(
                beta,
                agents,
                minimum,
                TRIES,
                classSizes.stream().mapToLong(Long::longValue).sum() / agents));
  }

  private static List<Cut> draw(List<Long> classSizes, double[] shares) {
    List<Cut> cuts = new ArrayList<>();
    for (int label = 0; label < classSizes.size(); label++) {
      new ShareCuts(label, 0, classSizes.get(label)).add(shares, 0, cuts);
    }
    return cuts;
  }
}

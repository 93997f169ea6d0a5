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
 * Dirichlet label skew (Yurochkin et al. 2019; NIID-Bench): for each class draw p ~ Dir(alpha 1_K)
 * and cut the class's images at the cumulative sums of p. All classes are drawn again until every
 * agent has at least {@code minimum} images. Every image is used.
 *
 * @param alpha concentration in [0.001, 1000000]; small is skewed, large approaches iid
 * @param minimum images every agent must have, at least 1
 */
public record DirichletPartitioner(double alpha, int minimum) implements Partitioner {
  /** Name in configurations. */
  public static final String NAME = "dirichlet";

  private static final int TRIES = 1000;

  public DirichletPartitioner {
    Concentration.require(NAME, "alpha", alpha);
    if (minimum < 1) {
      throw new DataException(
          "dirichlet needs at least 1 image per agent as the minimum, got " + minimum);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("alpha", Double.toString(alpha));
    parameters.put("minimum", Integer.toString(minimum));
    return Collections.unmodifiableSortedMap(parameters);
  }

  @Override
  public List<Cut> cuts(List<Long> classSizes, int agents, long seed) {
    long images = classSizes.stream().mapToLong(Long::longValue).sum();
    if (images < (long) agents * minimum) {
      throw new DataException(
          "dirichlet must give each of %d agents %d images, there are %d; take fewer agents or a lower minimum"
              .formatted(agents, minimum, images));
    }
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Cut> cuts = draw(classSizes, agents, random);
      if (ShardSizes.of(cuts, agents).smallest() >= minimum) {
        return cuts;
      }
    }
    throw new DataException(
        "dirichlet with alpha %s gave some of %d agents fewer than %d images in each of %d draws (the mean is %d); raise alpha, take fewer agents or lower the minimum (data.min-images)"
            .formatted(alpha, agents, minimum, TRIES, images / agents));
  }

  private List<Cut> draw(List<Long> classSizes, int agents, UniformRandomProvider random) {
    List<Cut> cuts = new ArrayList<>();
    for (int label = 0; label < classSizes.size(); label++) {
      double[] shares = Concentration.symmetric(random, agents, alpha);
      new ShareCuts(label, 0, classSizes.get(label)).add(shares, 0, cuts);
    }
    return cuts;
  }
}

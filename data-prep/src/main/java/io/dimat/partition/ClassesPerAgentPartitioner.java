package io.dimat.partition;

import io.dimat.source.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.CombinationSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * k classes per agent (Takezawa et al., Momentum Tracking, arXiv 2209.15505). A class of n images
 * is divided evenly among the h agents that hold it, floor(n / h) each; then every agent is cut to
 * the size of the smallest, evenly over its classes. Images beyond that, and classes that nobody
 * holds, are not used.
 *
 * @param classes per agent, k, at least 1
 * @param lists who holds which
 */
public record ClassesPerAgentPartitioner(int classes, Lists lists) implements Partitioner {
  /** Name in configurations of the division with {@link Lists#ROTATING}. */
  public static final String NAME = "classes-per-agent";

  /** Name in configurations of the division with {@link Lists#RANDOM}. */
  public static final String RANDOM_NAME = "random-classes-per-agent";

  /** Which classes an agent holds. */
  public enum Lists {
    /**
     * With C classes agent i holds (i k + j) mod C for j below k; all are held if K k is C or more.
     */
    ROTATING,
    /** Each agent draws its own k different classes; nobody may hold some class. */
    RANDOM
  }

  public ClassesPerAgentPartitioner {
    if (classes < 1) {
      throw new DataException("classes-per-agent needs at least 1 class per agent, got " + classes);
    }
  }

  @Override
  public String name() {
    return lists == Lists.ROTATING ? NAME : RANDOM_NAME;
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Collections.unmodifiableSortedMap(
        new TreeMap<>(java.util.Map.of("classes", Integer.toString(classes))));
  }

  @Override
  public List<Cut> cuts(List<Long> classSizes, int agents, long seed) {
    int all = classSizes.size();
    if (classes > all) {
      throw new DataException(
          "%s gives every agent %d different classes, there are %d; take %d or fewer"
              .formatted(name(), classes, all, all));
    }
    List<int[]> held = lists == Lists.ROTATING ? rotating(all, agents) : random(all, agents, seed);
    long[] portions = portions(classSizes, held);
    long smallest = held.stream().mapToLong(list -> sum(list, portions)).min().orElseThrow();
    if (smallest < 1) {
      throw new DataException(
          "%s of %d classes leaves an agent without images: class sizes are %s; take fewer agents, more classes per agent or more images"
              .formatted(name(), classes, classSizes));
    }
    Selection toSmallest = new Selection(0, smallest);
    long[] next = new long[all];
    List<Cut> cuts = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      int[] list = held.get(agent);
      List<Long> sizes =
          toSmallest.trainingSizes(Arrays.stream(list).mapToObj(c -> portions[c]).toList());
      for (int i = 0; i < list.length; i++) {
        if (sizes.get(i) > 0) {
          cuts.add(new Cut(list[i], agent, next[list[i]], next[list[i]] + sizes.get(i)));
          next[list[i]] += sizes.get(i);
        }
      }
    }
    return cuts;
  }

  private List<int[]> rotating(int all, int agents) {
    return IntStream.range(0, agents)
        .mapToObj(
            agent ->
                IntStream.range(0, classes)
                    .map(j -> (int) (((long) agent * classes + j) % all))
                    .toArray())
        .toList();
  }

  private List<int[]> random(int all, int agents, long seed) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    CombinationSampler sampler = new CombinationSampler(random, all, classes);
    return IntStream.range(0, agents)
        .mapToObj(agent -> Arrays.stream(sampler.sample()).sorted().toArray())
        .toList();
  }

  /** Images of each class that one of its holders gets. */
  private static long[] portions(List<Long> classSizes, List<int[]> held) {
    long[] portions = new long[classSizes.size()];
    held.forEach(list -> Arrays.stream(list).forEach(c -> portions[c]++));
    Arrays.setAll(portions, c -> portions[c] == 0 ? 0 : classSizes.get(c) / portions[c]);
    return portions;
  }

  private static long sum(int[] list, long[] portions) {
    return Arrays.stream(list).mapToLong(c -> portions[c]).sum();
  }
}

package io.dimat.partition;

import io.dimat.source.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * DIMAT's non-IID division (arXiv 2404.08079): agents see few classes each. Every class is first
 * cut to the size m of the smallest one. With C classes and K agents:
 *
 * <ul>
 *   <li>C at least K: class c goes whole to agent c mod K;
 *   <li>C below K, K a multiple of C: agent i gets window floor(i / C), of length floor(m C / K),
 *       of class i mod C.
 * </ul>
 */
public record ClassShardPartitioner() implements Partitioner {
  /** Name in configurations. */
  public static final String NAME = "class-shards";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Collections.unmodifiableSortedMap(new TreeMap<>());
  }

  @Override
  public List<Cut> cuts(List<Long> classSizes, int agents, long seed) {
    long smallest = Collections.min(classSizes);
    if (smallest < 1) {
      throw new DataException(
          "class-shards cuts every class to the smallest one, and class %d has no images; choose iid or dirichlet, or raise the limit"
              .formatted(classSizes.indexOf(smallest)));
    }
    return classSizes.size() >= agents
        ? wholeClasses(classSizes.size(), agents, smallest)
        : windows(classSizes.size(), agents, smallest);
  }

  private static List<Cut> wholeClasses(int classes, int agents, long size) {
    List<Cut> cuts = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      cuts.add(new Cut(label, label % agents, 0, size));
    }
    return cuts;
  }

  private static List<Cut> windows(int classes, int agents, long size) {
    if (agents % classes != 0) {
      throw new DataException(
          "class-shards needs agents to be at most the classes or a multiple of them, got %d agents for %d classes; take %d or %d agents, or another partitioner"
              .formatted(
                  agents, classes, agents / classes * classes, (agents / classes + 1) * classes));
    }
    long length = size * classes / agents;
    if (length < 1) {
      throw new DataException(
          "class-shards cuts every class into %d windows, and the smallest class has %d images; take fewer agents or more images"
              .formatted(agents / classes, size));
    }
    List<Cut> cuts = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      long from = agent / classes * length;
      cuts.add(new Cut(agent % classes, agent, from, from + length));
    }
    return cuts;
  }
}

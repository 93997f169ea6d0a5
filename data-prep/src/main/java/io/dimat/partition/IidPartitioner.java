package io.dimat.partition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Class-balanced: of each class with n images, every one of K agents gets floor(n / K), the first
 * agent the first ones in the seeded order. The remaining n mod K images are not used.
 */
public record IidPartitioner() implements Partitioner {
  /** Name in configurations. */
  public static final String NAME = "iid";

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
    List<Cut> cuts = new ArrayList<>();
    for (int label = 0; label < classSizes.size(); label++) {
      long share = classSizes.get(label) / agents;
      for (int agent = 0; agent < agents && share > 0; agent++) {
        cuts.add(new Cut(label, agent, agent * share, (agent + 1) * share));
      }
    }
    return cuts;
  }
}

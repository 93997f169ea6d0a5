package io.dimat.partition;

import java.util.Arrays;
import java.util.List;

/**
 * Images per agent.
 *
 * @param images of agent i at position i; may be 0
 */
record ShardSizes(List<Long> images) {
  ShardSizes {
    images = List.copyOf(images);
  }

  /**
   * Sums cuts by owner.
   *
   * @param cuts of the agents alone
   */
  static ShardSizes of(List<Cut> cuts, int agents) {
    long[] sizes = new long[agents];
    cuts.forEach(cut -> sizes[cut.owner()] += cut.size());
    return new ShardSizes(Arrays.stream(sizes).boxed().toList());
  }

  long smallest() {
    return images.stream().mapToLong(Long::longValue).min().orElse(0);
  }
}
